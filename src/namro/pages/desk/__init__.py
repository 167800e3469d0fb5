"""My desk: what I owe, what waits for me, what is late under me."""
