"""5.2 and 5.3 from what people said: feedback and proposals received in a period; complaints have a law of their own.

What is still open when it is counted is late once its next limit has passed; what was noted as late stays late. The
answer's limit has room for a sender who is awaited, and for no more: asking keeps nothing in time for ever.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import connection

from namro.dossiers.queries.feedback import TO_ANSWER
from namro.dossiers.terms import FeedbackKind, FeedbackState
from namro.organisation.models import Unit
from namro.organisation.terms import PROVINCE_KINDS
from namro.quality.queries.counting import PERIOD, Asked, Key, Tops, parameters
from namro.quality.terms import Measure

_TO_ANSWER = ", ".join(f"'{state.value}'" for state in TO_ANSWER)
_LATE = f"""COALESCE(said.late_on <= period.last
    OR said.state = '{FeedbackState.RECEIVED.value}' AND said.judge_by < period.last
    OR said.state IN ({_TO_ANSWER}) AND said.answer_by < period.last
    OR said.state = '{FeedbackState.ANSWERED.value}' AND said.publish_by < period.last, false)"""
_BAD = f"({_LATE} OR said.is_satisfied IS FALSE OR said.repeats_id IS NOT NULL)"
_FULFILS: Mapping[Measure, str] = {
    Measure.FEEDBACK_IN_TIME: f"NOT {_LATE}",
    Measure.FEEDBACK_LIKED: f"NOT {_BAD}",
}
_FROM = f"""
FROM dossiers_feedback said
JOIN period ON period.number = width_bucket(said.received_at, %(begins)s::timestamptz[])
WHERE said.received_at >= %(first)s AND said.received_at < %(end)s
  AND said.kind IN ('{FeedbackKind.FEEDBACK.value}', '{FeedbackKind.PROPOSAL.value}')
  AND (%(units)s::bigint[] IS NULL OR said.unit_id = ANY(%(units)s))
"""
_COUNTS = f"""
WITH {PERIOD}, counted AS (
    SELECT said.unit_id, period.number, count(*) AS every,
           count(*) FILTER (WHERE {_FULFILS[Measure.FEEDBACK_IN_TIME]}) AS in_time,
           count(*) FILTER (WHERE {_FULFILS[Measure.FEEDBACK_LIKED]}) AS liked
    {_FROM} GROUP BY said.unit_id, period.number
)
SELECT scope_id, number, sum(in_time), sum(liked), sum(every) FROM counted JOIN scope USING (unit_id)
GROUP BY scope_id, number
"""  # noqa: S608


def feedback_counts(asked: Asked) -> dict[Key, Tops]:
    """Return the counts of 5.2 and 5.3 by unit (and city) and period; one query and the cities."""
    every = Unit.objects.filter(kind__in=PROVINCE_KINDS).values_list("pk", flat=True)
    found: dict[Key, Tops] = defaultdict(dict)
    for unit, number, in_time, liked, total in _run(
        _COUNTS, asked, cities=list(every) if asked.units is None else []
    ):
        found[unit, asked.spans[number - 1].period] = {
            Measure.FEEDBACK_IN_TIME.value: (int(in_time), int(total)),
            Measure.FEEDBACK_LIKED.value: (int(liked), int(total)),
        }
    return found


def costing_feedback(measure: Measure, asked: Asked) -> list[str]:
    """Return the feedback that cost points as day and number, without the tail of its code, the sender's key; one
    query."""
    shown = "rtrim(left(said.code, 9), '-') || '#' || said.id"
    statement = f"WITH {PERIOD} SELECT {shown} {_FROM} AND NOT ({_FULFILS[measure]}) ORDER BY 1"
    return [code for (code,) in _run(statement, asked, cities=[])]


def _run(statement: str, asked: Asked, *, cities: list[int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters(asked) | {"cities": cities})
        return list(cursor.fetchall())
