"""Năm Rõ: a resolution carried out, from the task given out to the report that can be trusted."""
