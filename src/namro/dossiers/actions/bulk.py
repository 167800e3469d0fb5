"""Loading many made-up dossiers by COPY: plain rows, one line of the log, one seed run."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from namro.audit.actions import record
from namro.dossiers.models import SeedRun


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Take so many numbers for rows of the table, so that others can point at them before they stand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows in the order of the columns (as the table calls them: unit_id); mappings become JSON."""
    table, named = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([_value(value) for value in row])


def _value(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def record_load(run: SeedRun, by: Any = None) -> None:
    """Write the one line of the log for all dossiers of a seed run."""
    record(by=by, verb="load_dossiers", obj=run, after=run.counts, unit=run.unit.code)
