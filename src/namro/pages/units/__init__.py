"""Đơn vị: the two-tier tree, and everything about one unit."""
