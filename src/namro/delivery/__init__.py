"""Chuyển tin: what a person must hear of, by which channel and when; the outbox, and why something was not told."""
