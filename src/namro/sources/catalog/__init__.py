"""Declared things of the sources: forms and stated returns, read from a package's files and checked."""
