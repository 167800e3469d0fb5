"""Nhiệm vụ: directives and tasks, their state table, their ledger of lateness, and their league table."""
