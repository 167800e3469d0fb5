"""The river, the timed jobs, and commands of a few lines."""
