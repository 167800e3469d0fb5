"""Biểu báo cáo: what is owed, how it is filled in and sent, what does not add up in it."""
