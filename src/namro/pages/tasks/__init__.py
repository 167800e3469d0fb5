"""Tasks: the list, one task, writing one, taking many in from Excel."""
