"""Cửa vào: signing in and out."""
