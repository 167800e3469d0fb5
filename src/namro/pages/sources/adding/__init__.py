"""Adding a source: connect, sample, columns, checks, duties, first load; each step is saved and can be left."""
