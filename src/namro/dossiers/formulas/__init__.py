"""Computed things of the dossiers: when a result is due, what has to be paid, what a file is."""
