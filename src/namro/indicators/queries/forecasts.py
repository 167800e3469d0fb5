"""Reads of forecasts: the histories that one is asked for, and what is forecast for a unit as known on a day."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from namro.ground.period import Kind, Period
from namro.indicators.models import Forecast
from namro.indicators.terms import ForecastRow, IndicatorDef, Outlook, Step
from namro.organisation.terms import Viewer

# How far back a history is read: as many periods as are kept, or as tell something of today.
BACK = {Kind.DAY: 119, Kind.MONTH: 36}
DAYS_OF = {Kind.DAY: 1, Kind.MONTH: 31}

_HISTORIES = """
SELECT indicator, period_kind, unit_id, json_agg(json_build_array(period_start, value) ORDER BY period_start)::text
FROM (SELECT DISTINCT ON (figure.indicator, figure.period_kind, figure.unit_id, figure.period_start)
             figure.indicator, figure.period_kind, figure.unit_id, figure.period_start,
             round(figure.value, want.decimals + 2)::float8 AS value
      FROM unnest(%(indicators)s::text[], %(kinds)s::text[], %(first)s::date[], %(running)s::date[],
                  %(decimals)s::int[]) AS want (indicator, kind, first, running, decimals)
      JOIN indicators_figure figure ON figure.indicator = want.indicator AND figure.period_kind = want.kind
           AND figure.breakdown = '' AND figure.unit_id = ANY(%(units)s)
           AND figure.period_start >= want.first AND figure.period_start < want.running
      WHERE figure.as_of <= %(day)s
      ORDER BY figure.indicator, figure.period_kind, figure.unit_id, figure.period_start, figure.as_of DESC) AS known
GROUP BY indicator, period_kind, unit_id ORDER BY indicator, period_kind, unit_id
"""


@dataclass(frozen=True)
class History:
    """The values of an indicator of a unit by period, none left out, oldest first; None is a gap."""

    indicator: str
    unit: int
    kind: Kind
    last: date
    values: tuple[float | None, ...]

    @property
    def digest(self) -> str:
        """What tells whether a forecast was made of these very values."""
        return hashlib.sha256(repr((self.last, self.values)).encode()).hexdigest()


def histories(asked: Iterable[IndicatorDef], units: Iterable[int], day: date) -> list[History]:
    """Return the history of each indicator that asks for a forecast, of each of the units, as known on a day and up to
    the last period that has ended; one query."""
    wants = [(definition, kind) for definition in asked for kind in definition.forecast]
    running = {kind: Period.containing(kind, day + timedelta(days=1)).start for kind in BACK}
    values: dict[str, Any] = {
        "indicators": [definition.code for definition, _ in wants],
        "kinds": [kind.value for _, kind in wants],
        "first": [running[kind] - timedelta(days=BACK[kind] * DAYS_OF[kind]) for _, kind in wants],
        "running": [running[kind] for _, kind in wants],
        "decimals": [definition.decimals for definition, _ in wants],
        "units": list(units),
        "day": day,
    }
    with connection.cursor() as cursor:
        cursor.execute(_HISTORIES, values)
        return [_history(*row) for row in cursor.fetchall()]


def _history(indicator: str, kind: str, unit: int, told: str) -> History:
    known = {date.fromisoformat(start): value for start, value in json.loads(told)}
    period, values = Period(Kind(kind), min(known)), []
    while period.start <= max(known):
        values.append(known.get(period.start))
        period = period.next()
    return History(indicator, unit, Kind(kind), max(known), tuple(values))


def new_ones(every: Iterable[History], day: date) -> list[History]:
    """Return the histories of which the forecast last made is not of these values; one query."""
    key = ("indicator", "unit_id", "period_kind")
    made = Forecast.objects.filter(as_of__lte=day).order_by(*key, "-as_of").distinct(*key)
    known = {tuple(row[:3]): row[3] for row in made.values_list(*key, "digest")}
    return [each for each in every if known.get((each.indicator, each.unit, each.kind.value)) != each.digest]


def forecasts(viewer: Viewer, unit: int, day: date) -> dict[tuple[str, Kind], ForecastRow]:
    """Return what is forecast for a unit as known on a day, by indicator and kind of period; one query.

    Who signs in may read what is forecast for every unit, as its figures.
    """
    key = ("indicator", "breakdown", "period_kind")
    rows = Forecast.objects.filter(unit_id=unit, as_of__lte=day).order_by(*key, "-as_of").distinct(*key)
    found: dict[tuple[str, Kind], ForecastRow] = {}
    for row in rows:
        if row.body:
            found[row.indicator, Kind(row.period_kind)] = _read(row, row.body)
    return found


def _read(row: Forecast, body: dict[str, Any]) -> ForecastRow:
    outlook = Outlook(**(body | {"steps": tuple(Step(**step) for step in body["steps"])}))
    period, starts = Period(Kind(row.period_kind), row.last_start), []
    for _ in outlook.steps:
        period = period.next()
        starts.append(period.start)
    return ForecastRow(row.indicator, row.unit_id, row.breakdown, tuple(starts), outlook, row.as_of)
