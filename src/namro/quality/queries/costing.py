"""From a score down to what cost its points: rows that a part counts and that do not fulfil it, by the same words."""

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
from namro.quality.terms import Costs, Level, Measure, Part, PartScore, Readings, Score

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
    if costs_of(part, where.readings) is Costs.PROCEDURES:
        return _paged(_codes(_procedures(condition, where), where), after, limit)
    return _codes(_dossiers("dossier.code", condition, where), where, after=after, limit=limit)


def costs_of(part: Part, readings: Readings) -> Costs:
    """Return what the list of a part holds: procedures also where a reading counts them instead of their dossiers."""
    condition = conditions(readings).get(part.measure.value)
    return Costs.PROCEDURES if condition is not None and condition.by_procedure else part.costs


def costing_count(part: Part, where: Where) -> int:
    """Return how many rows cost points in a part."""
    condition = conditions(where.readings).get(part.measure.value)
    if condition is None or costs_of(part, where.readings) is not Costs.DOSSIERS:
        return len(costing(part, where))
    return _count(condition, where)


def mendable(score: Score, where: Where) -> dict[str, int]:
    """Return how many rows could still be mended, by part that applies; a query for each that the score does not
    tell."""
    return {
        each.part.code: _mendable(each, where)
        for each in score.parts
        if each.part.is_mendable and each.applies
    }


def _mendable(score: PartScore, where: Where) -> int:
    """What is counted and does not fulfil the part, but for 1.4, whose denominator may be another, and fees paid
    already."""
    measure, every = score.part.measure, conditions(where.readings)
    if measure is Measure.SYNCHRONISED:
        return _count(every[measure.value], where)
    if measure is Measure.PAID_ONLINE:
        return _count(every[measure.value], where, " AND dossier.fee_paid_at IS NULL")
    return int(score.count.denominator - score.count.numerator)


def _count(condition: Condition, where: Where, more: str = "") -> int:
    ((count,),) = _run(_dossiers("count(*)", condition, where) + more, where, "", None)
    return int(count)


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
    costs = f"({condition.among}) AND ({condition.fulfils}) IS NOT TRUE"
    return f"""{_PERIOD} SELECT {shown} {source_of(condition)} AND {costs}
    AND (%(units)s::bigint[] IS NULL OR dossier.unit_id = ANY(%(units)s)) AND dossier.code COLLATE "C" > %(after)s
    """


def _procedures(condition: Condition, where: Where) -> str:
    return f"""{_PERIOD}
    SELECT (SELECT code FROM procedures_procedure WHERE id = dossier.procedure_id) AS code
    {source_of(condition)} AND ({condition.among})
    AND (%(units)s::bigint[] IS NULL OR dossier.unit_id = ANY(%(units)s))
    GROUP BY dossier.procedure_id HAVING NOT bool_or(COALESCE({condition.fulfils}, false))
    """  # noqa: S608 - of our own words


def _codes(statement: str, where: Where, *, after: str = "", limit: int | None = None) -> list[str]:
    return [code for (code,) in _run(f"{statement} ORDER BY 1 LIMIT %(limit)s", where, after, limit)]


def _run(statement: str, where: Where, after: str, limit: int | None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters(_asked(where)) | {"after": after, "limit": limit})
        return list(cursor.fetchall())
