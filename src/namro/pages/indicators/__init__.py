"""Chỉ số: every figure with where it comes from, how it moves, and who stands where."""
