"""Codes of dossiers: unit, day, serial of the unit and day; drawn in the act's own transaction, so without gaps."""

from datetime import date

from django.db import connection

from namro.organisation.models import Unit

NEXT = """
INSERT INTO dossiers_codecounter AS kept (unit_id, day, last) VALUES (%s, %s, 1)
ON CONFLICT (unit_id, day) DO UPDATE SET last = kept.last + 1 RETURNING last
"""
# Codes that were loaded were not drawn: serials go on behind them.
RAISE = """
INSERT INTO dossiers_codecounter AS kept (unit_id, day, last)
SELECT unit_id, to_date(split_part(code, '-', 2), 'YYMMDD'), max(split_part(code, '-', 3)::int)
FROM dossiers_dossier WHERE code IS NOT NULL GROUP BY 1, 2
ON CONFLICT (unit_id, day) DO UPDATE SET last = greatest(kept.last, excluded.last)
"""


def draw_code(unit: Unit, day: date, prefix: str) -> str:
    """The next code of the unit on the day: H17.20200-251209-0123. Others of the unit wait until this act ends."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [unit.pk, day])
        (serial,) = cursor.fetchone()
    return written_code(unit.code, day, serial, prefix)


def written_code(unit_code: str, day: date, serial: int, prefix: str) -> str:
    """The code as people read it; an agency's own code bears the prefix already."""
    head = unit_code if unit_code.startswith(f"{prefix}.") else f"{prefix}.{unit_code}"
    return f"{head}-{day:%y%m%d}-{serial:04d}"


def raise_counters() -> None:
    """Let the serials go on behind the codes that were loaded."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE)
