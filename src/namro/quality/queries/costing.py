"""From a score down to what cost its points: rows that a part counts and that do not fulfil it, by the same words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from namro.organisation.models import Unit
from namro.organisation.queries import city_of
from namro.quality.queries.announced import costing_procedures
from namro.quality.queries.conditions import Condition, conditions
from namro.quality.queries.counting import Asked, parameters, source_of
from namro.quality.queries.feedback import costing_feedback
from namro.quality.queries.scoring import level_of
from namro.quality.queries.spans import Span
from namro.quality.terms import Costs, Level, Measure, Part, Readings

_PERIOD = """
WITH period AS (
    SELECT * FROM unnest(%(numbers)s::int[], %(begins)s::timestamptz[], %(ends)s::timestamptz[],
                         %(cuts)s::timestamptz[], %(lasts)s::date[]) AS told (number, begins, ends, cut, last)
)
"""


@dataclass(frozen=True)
class Where:
    """Whose points are looked at: the unit, the period, under which readings."""

    unit: Unit
    span: Span
    readings: Readings


def costing(part: Part, where: Where, *, after: str = "", limit: int | None = None) -> list[str]:
    """Return the codes of what cost points in a part, in their order: dossiers, procedures or feedback; one query."""
    if part.costs is Costs.ANNOUNCEMENTS:
        return _paged(_announcements(part.measure, where), after, limit)
    if part.costs is Costs.FEEDBACK:
        return _paged(costing_feedback(part.measure, _asked(where)), after, limit)
    condition = conditions(where.readings)[part.measure.value]
    if part.costs is Costs.PROCEDURES or condition.by_procedure:
        return _paged(_codes(_procedures(condition, where), where), after, limit)
    return _codes(_dossiers("dossier.code", condition, where), where, after=after, limit=limit)


def costing_count(part: Part, where: Where, *, mendable: bool = False) -> int:
    """Return how many rows cost points in a part; with `mendable`, how many of them can still be mended."""
    if part.costs is not Costs.DOSSIERS or conditions(where.readings)[part.measure.value].by_procedure:
        return len(costing(part, where))
    condition = conditions(where.readings)[part.measure.value]
    owed = " AND dossier.fee_paid_at IS NULL" if mendable and part.measure is Measure.PAID_ONLINE else ""
    ((count,),) = _run(_dossiers("count(*)", condition, where) + owed, where, "", None)
    return int(count)


def mendable(parts: Sequence[Part], where: Where) -> dict[str, int]:
    """Return how many rows could still be mended, by part; a query each."""
    return {part.code: costing_count(part, where, mendable=True) for part in parts if part.is_mendable}


def _announcements(measure: Measure, where: Where) -> list[str]:
    level = level_of(where.unit)
    city = where.unit if level is Level.CITY else city_of(where.unit)
    return costing_procedures(measure, city.pk, level, where.span) if city else []


def _paged(codes: list[str], after: str, limit: int | None) -> list[str]:
    rest = [code for code in codes if code > after]
    return rest if limit is None else rest[:limit]


def _asked(where: Where) -> Asked:
    ids = None if level_of(where.unit) is Level.CITY else [where.unit.pk]
    return Asked(ids, [where.span], where.readings)


def _dossiers(shown: str, condition: Condition, where: Where) -> str:
    source = source_of(condition, where.readings)
    return f"""{_PERIOD} SELECT {shown} {source} AND ({condition.among}) AND ({condition.fulfils}) IS NOT TRUE
    AND (%(units)s::bigint[] IS NULL OR dossier.unit_id = ANY(%(units)s)) AND dossier.code COLLATE "C" > %(after)s
    """


def _procedures(condition: Condition, where: Where) -> str:
    return f"""{_PERIOD}
    SELECT (SELECT code FROM procedures_procedure WHERE id = dossier.procedure_id) AS code
    {source_of(condition, where.readings)} AND ({condition.among})
    AND (%(units)s::bigint[] IS NULL OR dossier.unit_id = ANY(%(units)s))
    GROUP BY dossier.procedure_id HAVING NOT bool_or(COALESCE({condition.fulfils}, false))
    """  # noqa: S608 - of our own words


def _codes(statement: str, where: Where, *, after: str = "", limit: int | None = None) -> list[str]:
    return [code for (code,) in _run(f"{statement} ORDER BY 1 LIMIT %(limit)s", where, after, limit)]


def _run(statement: str, where: Where, after: str, limit: int | None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters(_asked(where)) | {"after": after, "limit": limit})
        return list(cursor.fetchall())
