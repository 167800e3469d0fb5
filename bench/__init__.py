"""Measurements: `./namro bench NAME` prints JSON; nothing here asserts a time."""
