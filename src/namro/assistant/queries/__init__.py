"""Reads of the assistant: passages for a question."""

from namro.assistant.queries.retrieving import retrieve

__all__ = ["retrieve"]
