"""Reads of the scores of composite indices: of every unit in the last period that has ended, and in the one before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from namro.ground.period import Period
from namro.indicators.models import Figure
from namro.indicators.queries.figures import row_of
from namro.indicators.terms import FigureRow, IndicatorDef
from namro.organisation.terms import Viewer

PERIODS_BACK = 3  # the last that has figures is looked for among so many ended ones


@dataclass(frozen=True)
class Scores:
    """The scores of an index by unit key: of the last ended period that has any, and of the one before it."""

    period: Period
    now: dict[int, FigureRow]
    before: dict[int, FigureRow]


def scores_of(
    viewer: Viewer, indices: Sequence[IndicatorDef], units: Iterable[int], day: date
) -> dict[str, Scores]:
    """Return the scores of indices by code, as known on a day; those that have none are left out; one query."""
    first = {each.code: _ended(each, day) for each in indices}
    oldest = min((periods[-1].start for periods in first.values()), default=day)
    rows = Figure.objects.filter(
        indicator__in=list(first),
        breakdown="",
        unit__in=list(units),
        period_start__gte=oldest,
        as_of__lte=day,
    )
    key = ("indicator", "period_start", "unit_id")
    newest = rows.select_related("unit").order_by(*key, "-as_of").distinct(*key)
    found: dict[str, dict[str, dict[int, FigureRow]]] = defaultdict(lambda: defaultdict(dict))
    for row in map(row_of, newest):
        found[row.indicator][row.period][row.unit_id] = row
    return {code: scores for code, by in found.items() if (scores := _last(first[code], by))}


def _ended(definition: IndicatorDef, day: date) -> list[Period]:
    """Return the last periods that have ended by the end of a day, the newest first."""
    period, found = Period.containing(definition.periods[0], day + timedelta(days=1)), []
    for _ in range(PERIODS_BACK):
        period = period.previous()
        found.append(period)
    return found


def _last(periods: Sequence[Period], by: dict[str, dict[int, FigureRow]]) -> Scores | None:
    period = next(
        (each for each in periods if any(row.value is not None for row in by[each.key].values())), None
    )
    return Scores(period, by[period.key], by[period.previous().key]) if period else None
