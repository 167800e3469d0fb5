"""Bảng xếp hạng: units ranked by what the counts surely show."""
