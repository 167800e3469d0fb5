"""Tổ chức: units, people, posts, roles, and who may see what."""
