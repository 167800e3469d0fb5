"""Table in, table out: the rows of a batch under the headings of its contract, guarded, typed and checked."""
