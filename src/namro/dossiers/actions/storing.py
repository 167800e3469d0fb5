"""Rows that belong together, stored in one breath: a burst of filings pays one way to the database, not three, and the
statements are planned once a connection."""

from functools import cache
from typing import Any

import psycopg
from django.db import connection, models


def store_together(*rows: models.Model) -> None:
    """Insert new rows of any tables, in order; call it inside a transaction. Who is pointed at has its number already;
    of the others, and of columns that the database computes, nothing comes back."""
    raw = connection.connection
    with connection.wrap_database_errors, raw.pipeline(), psycopg.Cursor[Any](raw) as cursor:
        for row in rows:
            has_number = row.pk is not None
            values = [
                each.get_db_prep_save(getattr(row, each.attname), connection)
                for each in _fields(type(row), has_number)
            ]
            cursor.execute(_insert(type(row), has_number), values, prepare=True)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _fields(model: type[models.Model], has_number: bool) -> tuple[models.Field, ...]:
    return tuple(
        each
        for each in model._meta.concrete_fields
        if not each.generated and (has_number or not each.primary_key)
    )


@cache
def _insert(model: type[models.Model], has_number: bool) -> str:
    fields = _fields(model, has_number)
    columns = ", ".join(connection.ops.quote_name(each.column or "") for each in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 - of the models' own names
