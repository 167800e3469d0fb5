"""Appending versions by COPY: a whole catalogue is twenty megabytes, which statements would quote letter by letter."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

from namro.procedures.models import ProcedureVersion

COLUMNS = (
    "id procedure_id number valid_from is_end body digest flags batch_id published_at published_by_id".split()
)


def new_version_ids(count: int) -> list[int]:
    """Take so many numbers for versions, so that procedures can point at them before they stand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('procedures_procedureversion', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def append_versions(versions: Iterable[ProcedureVersion]) -> None:
    """Store the versions, which bear their numbers already."""
    columns = ", ".join(COLUMNS)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY procedures_procedureversion ({columns}) FROM STDIN") as copy,
    ):
        for version in versions:
            copy.write_row([_value(version, column) for column in COLUMNS])


def _value(version: ProcedureVersion, column: str) -> Any:
    value = getattr(version, column)
    return json.dumps(value, ensure_ascii=False) if column == "body" and value is not None else value
