"""Giao tiếp máy: what machines read by an API key, and batches that sources send; see /api/v1/openapi.json."""
