"""Reads of the log: lines as people look for them, and the chain that shows whether they are as they were written."""

from namro.audit.queries.chain import first_fault, head, unsealed
from namro.audit.queries.finding import count_acts, entries_about, find_entries

__all__ = ["count_acts", "entries_about", "find_entries", "first_fault", "head", "unsealed"]
