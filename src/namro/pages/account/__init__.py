"""Tài khoản: one's own password, second factors and visits."""
