"""Reads of composite indices: the values they are made of, and how the score of a unit came about."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from namro.ground.numbers import round_half_up
from namro.ground.period import Period
from namro.indicators.formulas.indices import gain, scored
from namro.indicators.models import Definition, Figure
from namro.indicators.queries.definitions import definitions_of
from namro.indicators.queries.figures import exactly
from namro.indicators.rules import next_threshold
from namro.indicators.terms import FigureRow, IndexDef, IndexPart, IndicatorDef, IndicatorKind, Light, Score
from namro.organisation.terms import Viewer

LEAST_GAIN = 0.05  # points: what is told with one decimal must not be told as nothing
Values = dict[str, dict[str, float]]  # by unit code, by key of the part

_VALUES = """
SELECT DISTINCT ON (figure.unit_id, figure.period_start, figure.indicator, figure.breakdown)
       figure.period_start, unit.code, figure.indicator, figure.breakdown, figure.value::float8, figure.synthetic
FROM indicators_figure figure JOIN organisation_unit unit ON unit.id = figure.unit_id
WHERE figure.indicator = ANY(%(indicators)s) AND figure.breakdown = ANY(%(breakdowns)s)
  AND figure.unit_id = ANY(%(units)s) AND figure.period_kind = %(kind)s AND figure.period_start = ANY(%(starts)s)
  AND figure.as_of <= %(day)s
ORDER BY figure.unit_id, figure.period_start, figure.indicator, figure.breakdown, figure.as_of DESC
"""
_STARTS = """
SELECT DISTINCT period_start FROM indicators_figure
WHERE indicator = ANY(%(indicators)s) AND breakdown = ANY(%(breakdowns)s) AND unit_id = ANY(%(units)s)
  AND period_kind = %(kind)s AND as_of <= %(day)s
  AND (%(since)s::date IS NULL OR as_of >= %(since)s OR period_start >= %(ended_since)s)
"""

_FINGERPRINT = """
SELECT count(*) || ':' || COALESCE(sum(hashtextextended(
           concat_ws('|', indicator, breakdown, unit_id, period_start, as_of, value), 0)::numeric), 0)
FROM indicators_figure
WHERE indicator = ANY(%(indicators)s) AND breakdown = ANY(%(breakdowns)s) AND unit_id = ANY(%(units)s)
  AND period_kind = %(kind)s AND period_start < %(running)s AND as_of <= %(day)s
"""


def indices() -> list[IndicatorDef]:
    """Return the composite indices in use, by group and code; one query."""
    rows = Definition.objects.filter(is_active=True, body__kind=IndicatorKind.INDEX.value)
    found = [row.definition for row in rows]
    return sorted(found, key=lambda definition: (definition.group, definition.code))


def starts_to_score(index: IndexDef, units: Collection[int], day: date, since: date | None) -> list[date]:
    """Return the starts of the ended periods in which a part changed, or that ended, since a day (None: of all of
    them); one query."""
    ended = date.min if since is None else Period.containing(index.period, since).start
    asked = _asked(index, units, day) | {"since": since, "ended_since": ended}
    with connection.cursor() as cursor:
        cursor.execute(_STARTS, asked)
        return sorted(start for (start,) in cursor.fetchall() if Period(index.period, start).end <= day)


def fingerprint(index: IndexDef, units: Collection[int], day: date) -> str:
    """Return what tells whether the figures that an index is made of are as they were, of ended periods; one query."""
    running = Period.containing(index.period, day + timedelta(days=1)).start
    with connection.cursor() as cursor:
        cursor.execute(_FINGERPRINT, _asked(index, units, day) | {"running": running})
        (told,) = cursor.fetchone()
    return str(told)


def values_of(
    index: IndexDef, units: Collection[int], starts: Collection[date], day: date
) -> tuple[dict[date, Values], bool]:
    """Return the values of the parts by period, unit and part, and whether any was made up; one query."""
    found: dict[date, Values] = defaultdict(lambda: defaultdict(dict))
    keys, made = {(part.indicator, part.breakdown): part.key for part in index.parts}, False
    with connection.cursor() as cursor:
        cursor.execute(_VALUES, _asked(index, units, day) | {"starts": list(starts)})
        for start, unit, indicator, breakdown, value, synthetic in cursor.fetchall():
            if value is not None and (key := keys.get((indicator, breakdown))):
                found[start][unit][key] = value
                made = made or synthetic
    return {start: {unit: dict(given) for unit, given in by.items()} for start, by in found.items()}, made


def _asked(index: IndexDef, units: Collection[int], day: date) -> dict[str, Any]:
    return {
        "indicators": sorted({part.indicator for part in index.parts}),
        "breakdowns": sorted({part.breakdown for part in index.parts}),
        "units": list(units),
        "kind": index.period.value,
        "day": day,
    }


@dataclass(frozen=True)
class Goal:
    """A value that a part could reach, whose it is ('' a threshold), and the points that the score would gain."""

    value: float
    gain: float
    who: str = ""
    light: Light = Light.NONE


@dataclass(frozen=True)
class PartOf:
    """How one part made its share of a score: value, what it is worth, points it gave of those it can give, its rank
    among the peers that have a value, and what would raise it."""

    part: IndexPart
    definition: IndicatorDef
    value: float | None
    worth: FigureRow | None
    rank: int | None
    among: int
    threshold: Goal | None
    best: Goal | None

    @property
    def most(self) -> float:
        """The most that reaching a goal would give."""
        return max((goal.gain for goal in (self.threshold, self.best) if goal), default=0.0)


def parts_of_score(
    viewer: Viewer, definition: IndicatorDef, unit: str, peers: Mapping[str, int], period: Period, day: date
) -> list[PartOf]:
    """Return how the score of a unit came about, part by part in the order of the file; `peers` are the keys of the
    units that it is scored among, by code; two queries and the definitions."""
    index = definition.composition
    values = values_of(index, peers.values(), [period.start], day)[0].get(period.start, {})
    worth = _worth(definition, peers[unit], period, day)
    known = definitions_of(part.indicator for part in index.parts)
    of = _Of(index, unit, values, scored(index, values).get(unit))
    return [
        _part(of, part, known[part.indicator], worth.get(part.key))
        for part in index.parts
        if part.indicator in known
    ]


@dataclass(frozen=True)
class _Of:
    """Whose score is explained: the index, the unit, the values of all peers, and its score now."""

    index: IndexDef
    unit: str
    values: Values
    now: Score | None


def _worth(definition: IndicatorDef, unit: int, period: Period, day: date) -> dict[str, FigureRow]:
    """Return the stored figures of the parts of a unit's score."""
    rows = Figure.objects.filter(indicator=definition.code, unit_id=unit, as_of__lte=day).exclude(
        breakdown=""
    )
    return {row.breakdown: row for row in exactly(rows, period)}


def _part(of: _Of, part: IndexPart, definition: IndicatorDef, worth: FigureRow | None) -> PartOf:
    others = {code: given[part.key] for code, given in of.values.items() if part.key in given}
    value = others.get(of.unit)
    return PartOf(
        part=part,
        definition=definition,
        value=value,
        worth=worth,
        rank=None if value is None else 1 + sum(_is_better(part, each, value) for each in others.values()),
        among=len(others),
        threshold=_to_threshold(of, part, definition, value),
        best=_to_best(of, part, others, value),
    )


def _to_threshold(of: _Of, part: IndexPart, definition: IndicatorDef, value: float | None) -> Goal | None:
    """Return what the next light of the part's own indicator would bring; None where it shows green or has none."""
    shown = None if value is None else round_half_up(value, definition.decimals)
    found = next_threshold(shown, definition.lights, definition.direction)
    return None if found is None else _goal(of, part, float(found[1]), light=found[0])


def _to_best(of: _Of, part: IndexPart, others: Mapping[str, float], value: float | None) -> Goal | None:
    """Return what being as good as the best peer would bring; None where the unit is the best or has no value."""
    if value is None:
        return None
    best = min(others, key=lambda code: (-others[code] if part.more_is_better else others[code], code))
    return _goal(of, part, others[best], who=best) if others[best] != value else None


def _goal(of: _Of, part: IndexPart, reached: float, who: str = "", light: Light = Light.NONE) -> Goal | None:
    points = gain(of.index, of.values, of.unit, part.key, reached, of.now)
    return Goal(reached, points, who, light) if points and points >= LEAST_GAIN else None


def _is_better(part: IndexPart, one: float, other: float) -> bool:
    return one > other if part.more_is_better else one < other


def best_first(parts: Sequence[PartOf]) -> list[PartOf]:
    """Return the parts that would raise the score, that which would raise it most first. Pure."""
    return sorted((part for part in parts if part.most > 0), key=lambda part: (-part.most, part.part.key))
