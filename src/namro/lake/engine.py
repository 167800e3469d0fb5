"""The engine that reads the lake and counts: DuckDB in this process, or a Spark cluster; one expression serves both.

`NAMRO_ENGINE` names it: `duckdb` (or nothing), else a master of Spark: `spark://host:7077`, `local-cluster[2,1,1024]`.
"""

import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Protocol

import ibis
import pyarrow as pa

from namro.lake import tables
from namro.lake.spark import Spark

DUCKDB = "duckdb"
# What one process may take of the machine's memory: the database server and the web live beside it.
SHARE_OF_MEMORY = 3


class Backend(Protocol):
    """What the house asks of an engine."""

    def read(self, files: list[str]) -> ibis.Table:
        """Return the rows of Parquet files; a column that only some of them have is empty in the others."""

    def given(self, rows: pa.Table) -> ibis.Table:
        """Return rows of ours as a table of the engine."""

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute a table once, so that what is built on it reads it any number of times."""

    def run(self, expression: ibis.Table) -> pa.Table:
        """Return the rows of an expression."""

    def close(self) -> None:
        """Let go of what was read and kept."""


class Engine:
    """The engine with the lake's tables behind it."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.read, self.given = backend.read, backend.given
        self.keep, self.run = backend.keep, backend.run

    def table(
        self, code: str, *, months: Iterable[str] | None = None, as_of: date | None = None
    ) -> ibis.Table:
        """Return the rows of a source as of the end of a day (today's last state if not given), of months 'YYYY-MM'.

        KeyError where there is no such table.
        """
        schema, files = tables.columns(code), tables.files(code, months=months, as_of=as_of)
        if not files:
            return self.given(schema.empty_table())
        return fitted(self.read(files), schema)


def fitted(rows: ibis.Table, schema: pa.Schema) -> ibis.Table:
    """Return rows with all columns of a schema; one that came later than every file that was read is empty."""
    missing = [field for field in schema if field.name not in rows.columns]
    types = {field.name: ibis.Schema.from_pyarrow(pa.schema([field]))[field.name] for field in missing}
    return rows.mutate(**{name: ibis.null(kind) for name, kind in types.items()}) if types else rows


class DuckDB:
    """DuckDB in memory: it reads the lake's files in place and leaves nothing behind."""

    def __init__(self) -> None:
        threads, memory = os.cpu_count() or 1, _memory_in_mb() // SHARE_OF_MEMORY
        self.connection = ibis.duckdb.connect(threads=threads, memory_limit=f"{memory}MB")
        self.connection.raw_sql("SET preserve_insertion_order = false")

    def read(self, files: list[str]) -> ibis.Table:
        """Return the rows of Parquet files."""
        return self.connection.read_parquet(files, union_by_name=True)

    def given(self, rows: pa.Table) -> ibis.Table:
        """Return rows of ours as a table."""
        name = _name()
        self.connection.con.register(name, rows)
        return self.connection.table(name)

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute a table once."""
        name, told = _name(), self.connection.compiler.type_mapper.to_string
        # Ibis takes the month of a date for a date, DuckDB gives a moment: the table gets the types of the expression.
        columns = ", ".join(
            f'CAST("{each}" AS {told(kind)}) AS "{each}"' for each, kind in expression.schema().items()
        )
        asked = self.connection.compile(expression)
        self.connection.raw_sql(f"CREATE TEMP TABLE {name} AS SELECT {columns} FROM ({asked})")  # noqa: S608
        return self.connection.table(name)

    def run(self, expression: ibis.Table) -> pa.Table:
        """Return the rows of an expression."""
        return self.connection.to_pyarrow(expression)

    def close(self) -> None:
        """Let go of the memory."""
        self.connection.disconnect()


@contextmanager
def engine(name: str | None = None) -> Iterator[Engine]:
    """Hold the engine that the place is set to (or the one named) for a `with`."""
    asked = (name or os.environ.get("NAMRO_ENGINE", "")).strip() or DUCKDB
    backend: Backend = DuckDB() if asked == DUCKDB else Spark(asked)
    try:
        yield Engine(backend)
    finally:
        backend.close()


def _memory_in_mb() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2


def _name() -> str:
    return f"t{uuid.uuid4().hex}"
