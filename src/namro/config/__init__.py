"""Wiring: settings, urls, the place where data lives, the processes that `up` keeps alive."""
