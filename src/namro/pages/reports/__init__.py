"""Reports on the web: read, choose unit and day, take away."""
