"""Rows that belong together, stored in one statement: a burst of filings pays one way to the database, not three."""

from functools import cache

from django.db import connection, models


def store_together(*rows: models.Model) -> None:
    """Insert new rows of any tables, in order; call it inside a transaction. Who is pointed at has its number already;
    of the others, and of columns that the database computes, nothing comes back."""
    statements, values = [], []
    for row in rows:
        fields = _fields(type(row), row.pk is not None)
        statements.append(_insert(type(row), row.pk is not None))
        values += [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
        row._state.adding, row._state.db = False, connection.alias
    with connection.cursor() as cursor:
        cursor.execute(";".join(statements), values)


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
