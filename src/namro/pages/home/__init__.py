"""Toàn cảnh: the state of the resolution at a glance."""
