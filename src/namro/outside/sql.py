"""Rows of a table or view in another SQL database: PostgreSQL, MySQL or MariaDB, SQL Server."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import connection
from sqlalchemy import Column, Connection, Engine, MetaData, Select, Table, create_engine, select
from sqlalchemy.exc import NoSuchModuleError, NoSuchTableError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from namro.ground.text import fold
from namro.outside.connectors import Asked, Shipment, Unreadable, id_of, secret

# For the first part of a URL: the driver, and how it is told not to wait for ever (seconds, milliseconds).
_POSTGRESQL = {"connect_timeout": 10, "options": "-c statement_timeout=300000"}
DRIVERS: dict[str, tuple[str, dict[str, Any]]] = {
    "postgres": ("postgresql+psycopg", _POSTGRESQL),
    "postgresql": ("postgresql+psycopg", _POSTGRESQL),
    "mysql": ("mysql+pymysql", {"connect_timeout": 10, "read_timeout": 300}),
    "mariadb": ("mariadb+pymysql", {"connect_timeout": 10, "read_timeout": 300}),
    "mssql": ("mssql+pymssql", {"login_timeout": 10, "timeout": 300}),
}
# Variables that mean the platform's own database where they are not set: it may be the embedded one, without a URL.
OWN = "DATABASE_URL"
OWN_IN_DEMO = "NAMRO_DEMO_SOURCES"
AT_ONCE = 50_000
MOST_ROWS = 20_000_000


def read(asked: Asked) -> Iterator[Shipment]:
    """Yield the rows of the table as one shipment, those since the cursor where there is one; nothing without rows.

    The cursor's own value is read again: more may have come with it, and what has landed lands once by its key.
    """
    engine = _engine(asked)
    try:
        with engine.connect() as base:
            yield from read_table(base, asked)
    except NoSuchTableError:
        raise Unreadable(f"Cơ sở dữ liệu nguồn không có bảng «{asked.settings['table']}».") from None
    except SQLAlchemyError as fault:
        cause = type(getattr(fault, "orig", None) or fault).__name__
        raise Unreadable(
            f"Không đọc được cơ sở dữ liệu nguồn ({cause}); hãy kiểm tra địa chỉ, quyền và mạng."
        ) from None


def read_table(base: Connection, asked: Asked) -> Iterator[Shipment]:
    """Yield what a table holds for the columns of the contract."""
    name = str(asked.settings["table"])
    schema, _, plain = name.rpartition(".")
    table = Table(plain, MetaData(), schema=schema or None, autoload_with=base)
    statement, cursor = _statement(table, asked)
    rows = _rows(base, statement)
    if not rows.num_rows:
        return
    content = pa.BufferOutputStream()
    with pa.ipc.new_stream(content, rows.schema) as stream:
        stream.write_table(rows)
    # In the order of the database: as text, 999 would be more than 1200.
    read = rows[cursor.name].drop_null().to_pylist() if cursor is not None else []
    number = id_of(asked.source, content.getvalue().to_pybytes())
    yield Shipment(f"bảng {name}", lambda: rows, number, size=rows.nbytes, cursor=read[-1] if read else "")


def _engine(asked: Asked) -> Engine:
    variable = str(asked.settings["url_env"])
    if not os.environ.get(variable) and (variable == OWN or (settings.DEMO and variable == OWN_IN_DEMO)):
        return own_engine()
    kind, _, rest = secret(asked.settings, "url_env").partition("://")
    driver, limits = DRIVERS.get(kind.partition("+")[0], ("", {}))
    if not driver or not rest:
        raise Unreadable(f"Biến {variable} phải là địa chỉ dạng postgresql://, mysql:// hoặc mssql://.")
    try:
        return create_engine(f"{driver}://{rest}", poolclass=NullPool, connect_args=limits)
    except (ModuleNotFoundError, NoSuchModuleError, SQLAlchemyError):
        raise Unreadable(
            f"Máy này chưa cài trình điều khiển cho {kind}; hãy cài requirements/databases.txt."
        ) from None


def own_engine() -> Engine:
    """Return an engine over the platform's own database, as the role that the program has."""
    asked = "dbname user password host port".split()
    known = {name: value for name, value in connection.get_connection_params().items() if name in asked}
    return create_engine("postgresql+psycopg://", connect_args=known, poolclass=NullPool)


def _statement(table: Table, asked: Asked) -> tuple[Select[Any], Column[Any] | None]:
    """Return the statement that reads the contract's columns, and the column of the cursor."""
    wanted = {fold(name) for names in asked.headings.values() for name in names}
    columns = [column for column in table.columns if fold(column.name) in wanted] or list(table.columns)
    statement = select(*columns).limit(asked.first or None)
    if not asked.cursor_column:
        return statement, None
    names = {fold(name) for name in asked.headings.get(asked.cursor_column, (asked.cursor_column,))}
    cursor = next((column for column in columns if fold(column.name) in names), None)
    if cursor is None:
        raise Unreadable(f"Bảng «{table.name}» không có cột con trỏ «{asked.cursor_column}».")
    if asked.cursor:
        statement = statement.where(cursor >= _as(cursor, asked.cursor))
    return statement.order_by(cursor), cursor


def _as(column: Column[Any], text: str) -> Any:
    """Return the stored cursor in the type of its column."""
    kind = column.type.python_type
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(text)
    return kind(text)


def _rows(base: Connection, statement: Select[Any]) -> pa.Table:
    found = base.execution_options(stream_results=True, yield_per=AT_ONCE).execute(statement)
    names, parts, count = list(found.keys()), [], 0
    for part in found.partitions():
        columns = [[_text(value) for value in column] for column in zip(*part, strict=True)]
        parts.append(pa.table([pa.array(column, pa.string()) for column in columns], names=names))
        count += len(part)
        if count > MOST_ROWS:
            raise Unreadable(
                "Bảng nguồn quá lớn cho một lần lấy; hãy đặt cột con trỏ (cursor) trong hợp đồng."
            )
    empty = pa.schema([(name, pa.string()) for name in names])
    return pa.concat_tables(parts) if parts else empty.empty_table()


def _text(value: Any) -> str | None:
    """Return a value of a database as the text that the checks read."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.isoformat(sep=" " if value.tzinfo is None else "T")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)
