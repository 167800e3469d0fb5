"""Quản trị: people, posts, and how the place stands."""
