"""Counts of all units and months at once: dossiers are read for what was received, for what was settled, and once more
for what counts their procedures instead of them.

They are counted by unit and month first, which few rows tell, so that PostgreSQL counts with several hands; from there
the cities follow without reading a dossier again.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.terms import PROVINCE_KINDS
from namro.quality.queries.conditions import COMPLAINED, Base, Condition, conditions
from namro.quality.queries.spans import Span, of_sql
from namro.quality.terms import Readings

Key = tuple[int, Period]  # unit, period
Tops = dict[str, tuple[int, int]]  # numerator and denominator, by what is counted

# The months lie one after the other, so that the number of a month is found among their beginnings.
PERIOD = """
period AS (
    SELECT * FROM unnest(%(numbers)s::int[], %(begins)s::timestamptz[], %(ends)s::timestamptz[],
                         %(cuts)s::timestamptz[], %(lasts)s::date[]) AS told (number, begins, ends, cut, last)
), scope AS (
    SELECT unit.id AS unit_id, wide.id AS scope_id
    FROM organisation_unit unit
    JOIN organisation_unit wide ON wide.id = unit.id OR (wide.id = ANY(%(cities)s) AND wide.id = unit.parent_id)
    WHERE %(units)s::bigint[] IS NULL OR unit.id = ANY(%(units)s)
)
"""
_FROM = {
    Base.RECEIVED: """
FROM dossiers_dossier dossier
JOIN period ON period.number = width_bucket(dossier.received_at, %(begins)s::timestamptz[])
WHERE dossier.received_at >= %(first)s AND dossier.received_at < %(end)s
""",
    Base.SETTLED: f"""
FROM dossiers_dossier dossier
JOIN period ON period.number = width_bucket(dossier.finished_at, %(begins)s::timestamptz[])
LEFT JOIN dossiers_satisfaction rated ON rated.dossier_id = dossier.id
LEFT JOIN ({COMPLAINED}) complained ON complained.dossier_id = dossier.id
WHERE dossier.finished_at >= %(first)s AND dossier.finished_at < %(end)s
""",
}
# Also what was received before and is not settled when the month begins.
_CARRIED = """
FROM dossiers_dossier dossier
JOIN period ON dossier.received_at < period.ends
           AND (dossier.finished_at IS NULL OR dossier.finished_at >= period.begins)
WHERE dossier.received_at < %(end)s AND (dossier.finished_at IS NULL OR dossier.finished_at >= %(first)s)
"""


@dataclass(frozen=True)
class Asked:
    """What is counted: of which units (None: all), in which spans, under which readings."""

    units: Collection[int] | None
    spans: Sequence[Span]
    readings: Readings


def dossier_counts(asked: Asked) -> dict[Key, Tops]:
    """Return what is counted of dossiers, by unit (and city) and period; a statement for each pass."""
    found: dict[Key, Tops] = defaultdict(dict)
    for told in _passes(asked.readings):
        for unit, number, *values in _run(_statement(told), asked):
            pairs = list(zip(values[::2], values[1::2], strict=True))
            counted = {name: (int(n), int(d)) for name, (d, n) in zip(told, pairs, strict=True)}
            found[unit, asked.spans[number - 1].period] |= counted
    return found


def _passes(readings: Readings) -> list[dict[str, Condition]]:
    """What is read together: dossiers received, those settled, those carried over; each apart from their procedures."""
    passes: dict[tuple[Base, bool, bool], dict[str, Condition]] = defaultdict(dict)
    for name, condition in conditions(readings).items():
        passes[condition.base, condition.carried, condition.by_procedure][name] = condition
    return list(passes.values())


def _statement(told: Mapping[str, Condition]) -> str:
    """Return the statement of conditions that are read together."""
    each = list(told.values())
    counted, summed = _of_procedures(each) if each[0].by_procedure else _of_dossiers(each)
    by = ", dossier.procedure_id" if each[0].by_procedure else ""
    return f"""
WITH {PERIOD}, counted AS MATERIALIZED (
    SELECT dossier.unit_id, period.number {by}, {counted} {source_of(each[0])}
    AND (%(units)s::bigint[] IS NULL OR dossier.unit_id = ANY(%(units)s))
    GROUP BY dossier.unit_id, period.number {by}
)
SELECT scope_id, number, {summed} FROM counted JOIN scope USING (unit_id) GROUP BY scope_id, number
"""  # noqa: S608 - of our own words


def _of_dossiers(each: Sequence[Condition]) -> tuple[str, str]:
    """What is counted of a unit's dossiers, and how the units of a city are brought together."""
    counted = [
        f"count(*) FILTER (WHERE {c.among}) AS d{i}, count(*) FILTER (WHERE {c.among} AND {c.fulfils}) AS n{i}"
        for i, c in enumerate(each)
    ]
    return ", ".join(counted), ", ".join(f"sum(d{i}), sum(n{i})" for i in range(len(each)))


def _of_procedures(each: Sequence[Condition]) -> tuple[str, str]:
    """Whether a procedure counts in a unit; a procedure that counts in several units counts once in their city."""
    counted = [
        f"bool_or({c.among}) AS d{i}, bool_or({c.among} AND {c.fulfils}) AS n{i}" for i, c in enumerate(each)
    ]
    once = "count(DISTINCT procedure_id) FILTER (WHERE {})"
    return ", ".join(counted), ", ".join(
        f"{once.format(f'd{i}')}, {once.format(f'n{i}')}" for i in range(len(each))
    )


def source_of(condition: Condition) -> str:
    """Return where the dossiers of a condition come from: FROM … WHERE, to be narrowed further."""
    return _CARRIED if condition.carried else _FROM[condition.base]


def _run(statement: str, asked: Asked) -> list[Any]:
    """Return the rows; cities are counted only where all their units are."""
    every = Unit.objects.filter(kind__in=PROVINCE_KINDS).values_list("pk", flat=True)
    cities = list(every) if asked.units is None else []
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters(asked) | {"cities": cities})
        return list(cursor.fetchall())


def parameters(asked: Asked) -> dict[str, Any]:
    """Return what the statements take."""
    return of_sql(asked.spans) | {
        "units": None if asked.units is None else list(asked.units),
        "first": asked.spans[0].begins,
        "end": asked.spans[-1].ends,
    }
