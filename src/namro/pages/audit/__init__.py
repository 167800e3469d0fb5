"""Nhật ký: who did what, with the values before and after."""
