"""Reads for comparing: chosen units, and the peers behind them, in two chosen periods and over time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from namro.ground.period import Period
from namro.indicators.formulas.peers import spread_of, stand_of
from namro.indicators.models import Figure
from namro.indicators.queries.figures import exactly, newest_by_period
from namro.indicators.terms import FigureRow, IndicatorDef, Spread, Stand
from namro.organisation.terms import Viewer


@dataclass(frozen=True)
class Compared:
    """A unit in two periods: its figures, and where it stands among its peers in each."""

    unit: int
    now: FigureRow | None
    before: FigureRow | None
    stand: Stand | None
    stood: Stand | None


def compared(
    viewer: Viewer,
    definition: IndicatorDef,
    breakdown: str,
    periods: tuple[Period, Period | None],
    peers: Mapping[int, Collection[int]],
    day: date,
) -> list[Compared]:
    """Return each unit with its figures of a period and of the one it is held against; `peers` are the keys of the
    units beside each. Two queries."""
    units = {*peers, *(key for beside in peers.values() for key in beside)}
    rows = Figure.objects.filter(
        indicator=definition.code, breakdown=breakdown, unit__in=units, as_of__lte=day
    )
    now, before = ({row.unit_id: row for row in exactly(rows, each)} if each else {} for each in periods)
    return [
        Compared(
            unit,
            now.get(unit),
            before.get(unit),
            _stand(definition, unit, now, beside),
            _stand(definition, unit, before, beside),
        )
        for unit, beside in peers.items()
    ]


def _stand(
    definition: IndicatorDef, unit: int, rows: dict[int, FigureRow], beside: Collection[int]
) -> Stand | None:
    """Return where a unit stands among its peers, itself one of them; None where it has no value or stands alone."""
    values = {
        key: value for key in {unit, *beside} if (value := _value(definition, rows.get(key))) is not None
    }
    if unit not in values or len(values) < 2:
        return None
    return stand_of(values[unit], values.values(), definition.direction)


def _value(definition: IndicatorDef, row: FigureRow | None) -> float | None:
    rounded = row.rounded(definition) if row else None
    return None if rounded is None else float(rounded)


@dataclass(frozen=True)
class Paths:
    """The values of units over periods, and how those of the peers lay in each."""

    periods: tuple[Period, ...]
    by_unit: dict[int, list[float | None]]
    spreads: list[Spread | None]


def paths(
    viewer: Viewer,
    definition: IndicatorDef,
    breakdown: str,
    periods: Iterable[Period],
    units: Iterable[int],
    peers: Collection[int],
    day: date,
) -> Paths:
    """Return the values of chosen units over periods, with how those of the peers lay; one query."""
    wanted, chosen = tuple(periods), list(units)
    rows = newest_by_period(definition.code, breakdown, {*chosen, *peers}, wanted, day)
    known: dict[str, dict[int, float]] = defaultdict(dict)
    for row in rows:
        if (value := _value(definition, row)) is not None:
            known[row.period][row.unit_id] = value
    return Paths(
        wanted,
        {unit: [known[period.key].get(unit) for period in wanted] for unit in chosen},
        [spread_of([v for key, v in known[period.key].items() if key in peers]) for period in wanted],
    )
