"""League table: units ranked by a rate, with the count behind it and the interval of ranks that the count allows."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from namro.ground.numbers import percent, wilson
from namro.organisation.models import Unit
from namro.tasks.queries.counting import Counts

MEASURES = {
    "done": ("finished", "total", True),
    "on_time": ("done", "finished", True),
    "overdue": ("overdue", "total", False),
}


@dataclass(frozen=True)
class LeagueRow:
    """A unit in the table: `first` to `last` are the ranks that its interval (low–high, 95 %) leaves open; a unit with
    fewer than the smallest n has no rank (both None)."""

    unit: Unit
    counts: Counts
    part: int
    whole: int
    rate: Decimal | None
    low: float
    high: float
    first: int | None
    last: int | None


def league(
    units: Sequence[Unit], counts: Mapping[int, Counts], *, measure: str = "done", smallest: int = 5
) -> list[LeagueRow]:
    """Rank the units by the measure (done ÷ given, on time ÷ done, overdue ÷ given; the last: less is better).

    A unit stands surely behind another only where their Wilson intervals do not meet, so 2 of 2 does not beat 90 of 95.
    """
    part_name, whole_name, more_is_better = MEASURES[measure]
    rows = [_row(unit, counts.get(unit.pk, Counts()), part_name, whole_name) for unit in units]
    ranked = [row for row in rows if row.whole >= smallest]
    bounds = sorted(row.low for row in ranked), sorted(row.high for row in ranked)
    placed = [_placed(row, bounds, more_is_better) for row in ranked]
    unranked = [row for row in rows if row.whole < smallest]
    return sorted(placed, key=lambda row: _order(row, more_is_better)) + sorted(
        unranked, key=lambda row: (-row.whole, row.unit.sort_key)
    )


def _row(unit: Unit, counts: Counts, part_name: str, whole_name: str) -> LeagueRow:
    part, whole = getattr(counts, part_name), getattr(counts, whole_name)
    low, high = wilson(part, whole) if whole else (0.0, 1.0)
    return LeagueRow(unit, counts, part, whole, percent(part, whole), low, high, None, None)


def _placed(row: LeagueRow, bounds: tuple[list[float], list[float]], more_is_better: bool) -> LeagueRow:
    """Ranks left open: behind all surely better units, before all surely worse ones."""
    lows, highs = bounds
    above = len(lows) - bisect_right(lows, row.high)
    below = bisect_left(highs, row.low)
    better, worse = (above, below) if more_is_better else (below, above)
    return LeagueRow(
        row.unit, row.counts, row.part, row.whole, row.rate, row.low, row.high, better + 1, len(lows) - worse
    )


def _order(row: LeagueRow, more_is_better: bool) -> tuple[float, float, str]:
    """By what the count surely shows: the lower bound of a good rate, the upper bound of a bad one."""
    sure = -row.low if more_is_better else row.high
    return (sure, -row.whole, row.unit.sort_key)
