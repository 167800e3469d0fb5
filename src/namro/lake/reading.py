"""Plain SQL over relations of ours, by DuckDB: for what is said once for PostgreSQL and for the lake."""

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa


def select(relations: Mapping[str, pa.Table], statements: Sequence[str]) -> list[pa.Table]:
    """Return the rows of each SELECT over the relations given by name."""
    with duckdb.connect() as connection:
        for name, rows in relations.items():
            connection.register(name, rows)
        return [connection.execute(statement).to_arrow_table() for statement in statements]
