"""Declared things of the indicators: definitions and targets, read from a package's files and checked."""
