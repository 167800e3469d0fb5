"""1.1 to 1.3 from the announcements of a city.

Below the city they are those of the procedures done at that level. A procedure is announced on time in a period only if
each of its announcements was.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from namro.ground.period import Period
from namro.procedures.terms import Level as DoneAt
from namro.quality.queries.spans import Span, of_sql
from namro.quality.terms import Level, Measure

DONE_AT: Mapping[Level, list[str]] = {
    Level.CITY: [],
    Level.AGENCY: [DoneAt.PROVINCE.value],
    Level.COMMUNE: [DoneAt.COMMUNE.value],
}
MEASURES = (Measure.ANNOUNCED_IN_TIME, Measure.PUBLISHED_IN_TIME, Measure.PUBLISHED_WHOLE)
Tops = dict[str, tuple[int, int]]

_PERIOD = """
period AS (
    SELECT * FROM unnest(%(numbers)s::int[], %(begins)s::timestamptz[], %(ends)s::timestamptz[],
                         %(cuts)s::timestamptz[], %(lasts)s::date[]) AS told (number, begins, ends, cut, last)
), known AS (
    SELECT given.*, procedure.code FROM quality_announcement given
    JOIN procedures_procedure procedure ON procedure.id = given.procedure_id
    WHERE given.unit_id = %(city)s AND (%(done_at)s::varchar[] = '{}' OR procedure.levels && %(done_at)s::varchar[])
), told AS (
    SELECT period.number, known.procedure_id, known.code, min(known.number) AS first,
           bool_and(known.decided_on <= known.decide_by) AS announced_in_time,
           bool_and(COALESCE(known.published_on, period.last + 1) <= known.publish_by) AS published_in_time
    FROM known JOIN period ON known.decided_on >= (period.begins AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
                          AND known.decided_on <= period.last
    GROUP BY period.number, known.procedure_id, known.code
), open AS (
    SELECT period.number, known.procedure_id, known.code,
           bool_and(COALESCE(known.whole_since <= period.last, false)) AS published_whole
    FROM known JOIN period ON known.published_on <= period.last
    GROUP BY period.number, known.procedure_id, known.code
)
"""
_COUNTS = f"""
WITH {_PERIOD}
SELECT period.number, announced.*, shown.* FROM period
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE announced_in_time), count(*), count(*) FILTER (WHERE published_in_time)
    FROM told WHERE told.number = period.number) AS announced (in_time, every, published)
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE published_whole), count(*) FROM open WHERE open.number = period.number
) AS shown (whole, all_shown)
"""  # noqa: S608 - of our own words
_LISTS = {
    Measure.ANNOUNCED_IN_TIME: "SELECT code FROM told WHERE NOT announced_in_time ORDER BY code",
    Measure.PUBLISHED_IN_TIME: "SELECT code FROM told WHERE NOT published_in_time ORDER BY code",
    Measure.PUBLISHED_WHOLE: "SELECT code FROM open WHERE NOT published_whole ORDER BY code",
}


def announced(city: int, level: Level, spans: Sequence[Span]) -> dict[Period, Tops]:
    """Return the counts of 1.1 to 1.3 by period, of a city for one of its levels; one query."""
    found = {}
    for number, in_time, every, published, whole, shown in _run(_COUNTS, city, level, spans):
        pairs = ((in_time, every), (published, every), (whole, shown))
        found[spans[number - 1].period] = dict(
            zip((measure.value for measure in MEASURES), pairs, strict=True)
        )
    return found


def costing_procedures(measure: Measure, city: int, level: Level, span: Span) -> list[str]:
    """Return the codes of the procedures that cost points in one of 1.1 to 1.3; one query."""
    return [code for (code,) in _run(f"WITH {_PERIOD} {_LISTS[measure]}", city, level, [span])]


def _run(statement: str, city: int, level: Level, spans: Sequence[Span]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, of_sql(spans) | {"city": city, "done_at": DONE_AT[level]})
        return list(cursor.fetchall())
