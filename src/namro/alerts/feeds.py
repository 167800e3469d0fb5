"""What the alerts report into the river: how many of them led to an action, and how long that took."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from namro.alerts.models import Rule
from namro.alerts.terms import ACTIONS, FEED_KINDS, FORM_KINDS, TASK_KINDS, Kind
from namro.ground.period import Kind as PeriodKind
from namro.ground.period import Period
from namro.indicators.queries import definitions
from namro.sources.queries.intake import contracts
from namro.sources.terms import Observation

SOURCE = "Sổ cảnh báo Năm Rõ"
# What was raised in so many days up to the day is counted: a month, so that few alerts do not make a share leap.
WINDOW = timedelta(days=30)
MEASURES = ("canh_bao.da_bao", "canh_bao.co_viec", "canh_bao.gio_cho", "canh_bao.tu_het")

# The alerts told in a window, by unit, rule and thing's kind: all, those with an action, the hours until the first of
# it, and those whose condition went without any.
COUNTED = """
SELECT unit.code, alert.rule_id,
       CASE WHEN alert.kind = ANY(%(feeds)s) THEN split_part(alert.object_key, ':', 2) ELSE '' END,
       count(*), count(deed.at),
       round(COALESCE(sum(extract(epoch FROM deed.at - alert.opened_at)), 0)::numeric / 3600, 2),
       count(*) FILTER (WHERE deed.at IS NULL AND alert.state = 'closed')
FROM alerts_alert alert JOIN organisation_unit unit ON unit.id = alert.unit_id
CROSS JOIN LATERAL (SELECT min(deed.at) AS at FROM alerts_deed deed
                    WHERE deed.alert_id = alert.id AND deed.verb = ANY(%(actions)s)) AS deed
WHERE alert.told_at IS NOT NULL AND alert.since > %(first)s AND alert.since <= %(day)s AND unit.valid_to IS NULL
GROUP BY 1, 2, 3
"""


def observations(day: date) -> Iterator[Observation]:
    """For each unit and service group with alerts in the month up to the day, the counts by measure."""
    sums: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(MEASURES))
    group_of, groups_of_sources = _groups(), {each.code: each.group for each in contracts()}
    for unit, rule_id, source, *counts in _counted(day):
        key = (unit, groups_of_sources.get(source) or group_of.get(rule_id, ""))
        sums[key] = [total + count for total, count in zip(sums[key], counts, strict=True)]
    for (unit, group), totals in sorted(sums.items()):
        for measure, value in zip(MEASURES, totals, strict=True):
            yield Observation(
                measure=measure, unit=unit, period=Period(PeriodKind.DAY, day).key, breakdown=group, value=value,
                as_of=day, source=SOURCE,
            )  # fmt: skip


def _counted(day: date) -> list[tuple[str, int, str, Decimal, Decimal, Decimal, Decimal]]:
    asked: dict[str, Any] = {
        "day": day,
        "first": day - WINDOW,
        "actions": list(ACTIONS),
        "feeds": list(FEED_KINDS),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, asked)
        return list(cursor.fetchall())


def _groups() -> dict[int, str]:
    """The service group of each rule: that of its indicator, else that of what its kind looks at."""
    of_indicator = {each.code: each.group for each in definitions()}
    rows = Rule.objects.values_list("pk", "kind", "indicator")
    return {pk: of_indicator.get(indicator) or _group_of(Kind(kind)) for pk, kind, indicator in rows}


def _group_of(kind: Kind) -> str:
    if kind in TASK_KINDS:
        return "nhiem_vu"
    return "bieu" if kind in FORM_KINDS or kind is Kind.REPORT_LATE else ""
