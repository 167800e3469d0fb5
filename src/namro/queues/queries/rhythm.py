"""The rhythm of an office: as it was counted where there is enough of it, as its package states it elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import connection

from namro.ground import clock
from namro.queues.models import Office
from namro.queues.terms import Demand, Rhythm, ServiceLoad

# From so many days on what was counted goes before what is stated.
ENOUGH_DAYS = 10
ENOUGH_SERVED = 30
# What is older tells of another time of the ward; today is not over.
LATE_DAYS = 180

BY_HALF_HOUR = """
SELECT (extract(hour FROM local) * 60 + floor(extract(minute FROM local) / 30) * 30)::int AS start, count(*)
FROM (SELECT issued_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS local FROM queues_ticket
      WHERE office_id = %(office)s AND day >= %(since)s AND day < %(today)s
        AND extract(isodow FROM day) <= %(weekdays)s) AS t
GROUP BY start ORDER BY start
"""
BY_WEEKDAY = """
SELECT extract(isodow FROM day)::int - 1 AS weekday, count(*)::float / count(DISTINCT day), count(DISTINCT day),
       bool_or(is_synthetic)
FROM queues_ticket
WHERE office_id = %(office)s AND day >= %(since)s AND day < %(today)s AND extract(isodow FROM day) <= %(weekdays)s
GROUP BY weekday ORDER BY weekday
"""
BY_SERVICE = """
SELECT s.code, count(*), avg(extract(epoch FROM t.ended_at - t.served_at) / 60)::float,
       coalesce(stddev_samp(extract(epoch FROM t.ended_at - t.served_at) / 60), 0)::float
FROM queues_ticket t JOIN queues_service s ON s.id = t.service_id
WHERE t.office_id = %(office)s AND t.day >= %(since)s AND t.day < %(today)s AND t.state = 'done'
  AND t.ended_at > t.served_at
GROUP BY s.code
"""


@dataclass(frozen=True)
class Counted:
    """The rhythm to reckon with, the days it was counted on (0: as the package states), whether those are synthetic."""

    rhythm: Rhythm
    days: int
    is_synthetic: bool = False


def rhythm_of_office(office: Office) -> Counted:
    """Return the rhythm of an office on whole days of late that fall on its stated weekdays: three queries."""
    stated, today = office.stated_rhythm(), clock.today()
    asked = {
        "office": office.pk, "today": today, "since": today - timedelta(days=LATE_DAYS),
        "weekdays": len(stated.weekdays),
    }  # fmt: skip
    weekdays = _rows(BY_WEEKDAY, asked)
    days = sum(row[2] for row in weekdays)
    # Each weekday is known by its number; where one was never counted the whole week stays as it is stated.
    if days < ENOUGH_DAYS or [row[0] for row in weekdays] != list(range(len(stated.weekdays))):
        return Counted(stated, 0)
    mean = sum(row[1] * row[2] for row in weekdays) / days
    counted = replace(
        stated,
        profile=tuple((start, float(n)) for start, n in _rows(BY_HALF_HOUR, asked)),
        weekdays=tuple(row[1] / mean for row in weekdays),
        services=_services(stated.services, _rows(BY_SERVICE, asked)),
        demand=_demand(stated.demand, mean, office.online),
    )
    return Counted(counted, days, any(row[3] for row in weekdays))


def _services(stated: Sequence[ServiceLoad], counted: Sequence[tuple[Any, ...]]) -> tuple[ServiceLoad, ...]:
    """Return the services with share and length as counted, where there is enough of one."""
    known = {row[0]: row for row in counted}
    total = sum(row[1] for row in counted) or 1
    made = []
    for each in stated:
        code, n, minutes, spread = known.get(each.code, (each.code, 0, each.minutes, each.spread))
        enough = n >= ENOUGH_SERVED
        made.append(
            ServiceLoad(code, n / total, minutes, spread)
            if enough
            else replace(each, share=max(n / total, 0.001))
        )
    return tuple(made)


def _demand(stated: Demand, visits: float, online: float) -> Demand:
    """Return the demand scaled so that it makes the visits counted at the share online of a usual day."""
    scale = visits / stated.visits(online)
    return replace(stated, dossiers=stated.dossiers * scale, other_visits=stated.other_visits * scale)


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
