"""Measurements of the operations centre, one file a part."""
