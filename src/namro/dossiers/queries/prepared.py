"""A statement whose plan costs more than its rows: planned once a connection, then only carried out."""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection


def one_row(statement: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the one row of a statement under a plan that the connection keeps; behind a pooler (NAMRO_POOLED), which
    keeps none, it is planned each time. Django binds values into the text, so that no two calls are one statement to
    PostgreSQL: here they are bound apart."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor[Any](connection.connection) as cursor:
        found: tuple[Any, ...] | None = cursor.execute(statement, values, prepare=True).fetchone()
    if found is None:
        raise LookupError("a statement of one row gave none")
    return found
