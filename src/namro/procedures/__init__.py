"""The catalogue of administrative procedures: what to bring, how long it takes, what it costs, since when."""
