"""Giao tiếp máy: what machines read, by an API key; described at /api/v1/openapi.json. No page, no write."""
