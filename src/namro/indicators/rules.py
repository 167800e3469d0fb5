"""Pure decisions on figures: where a target stands, which light a value shows, what a chart says, what is stale."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from namro.ground.numbers import exact, round_half_up
from namro.ground.period import Kind, Period
from namro.indicators.terms import Direction, FigureRow, Light, TargetDef

KEPT_DECIMALS = 6
# Days within which a figure is to be there once its period has ended, where the source promises nothing else.
PROMISED_DAYS: Mapping[Kind, int] = {
    Kind.DAY: 2,
    Kind.WEEK: 4,
    Kind.MONTH: 20,
    Kind.QUARTER: 30,
    Kind.HALF: 45,
    Kind.YEAR: 120,
}


def expected_on(target: TargetDef, day: date) -> Decimal | None:
    """Return where the trajectory stands on a day, linear between its points; None before the first of them."""
    points = target.points
    if day < points[0][0]:
        return None
    for (start, low), (end, high) in pairwise(points):
        if day < end:
            share = exact((day - start).days) / (end - start).days
            return round_half_up(exact(low) + (exact(high) - exact(low)) * share, KEPT_DECIMALS)
    return points[-1][1]


def distance_to_target(
    value: Decimal | None, expected: Decimal | None, direction: Direction
) -> Decimal | None:
    """Return how far a value is ahead of what is expected, in the unit of measure; negative is behind."""
    if value is None or expected is None:
        return None
    return expected - value if direction is Direction.DOWN else value - expected


def light(value: Decimal | float | None, lights: Mapping[str, Decimal], direction: Direction) -> Light:
    """Return the light of a value by the definition's thresholds; no data has no light of its own colour."""
    if value is None or not lights:
        return Light.NONE
    sign = -1 if direction is Direction.DOWN else 1
    if value * sign >= lights["green"] * sign:
        return Light.GREEN
    return Light.AMBER if value * sign >= lights["amber"] * sign else Light.RED


def next_threshold(
    value: Decimal | None, lights: Mapping[str, Decimal], direction: Direction
) -> tuple[Light, Decimal] | None:
    """Return the next better light of a value and the threshold that gives it; None where it shows green, or where
    there are no thresholds or no value."""
    shown = light(value, lights, direction)
    if shown is Light.RED:
        return Light.AMBER, lights["amber"]
    return (Light.GREEN, lights["green"]) if shown is Light.AMBER else None


@dataclass(frozen=True)
class Seen:
    """A value where and when it was seen, as rounded for people; `where` is a unit's key or a part's code."""

    where: int | str
    when: date
    value: float


@dataclass(frozen=True)
class Reading:
    """What a chart says: the last value and the one before, the extremes, who is in the red, and the light of it all.

    `threshold` is what decides between green and not; None where the definition has no lights.
    """

    last: Seen | None
    before: Seen | None
    high: Seen | None
    low: Seen | None
    known: int
    red: int
    light: Light
    threshold: Decimal | None


def reading(
    own: Sequence[Seen], every: Sequence[Seen], lights: Mapping[str, Decimal], direction: Direction
) -> Reading:
    """Return what values say: `own` are those of the unit that leads, oldest first; `every` all that is drawn.

    Of values that are equal the newest is named, so that a reader is not led to a day long past.
    """
    newest = max((seen.when for seen in every), default=None)
    now = [seen for seen in every if seen.when == newest]
    last = own[-1] if own else None
    return Reading(
        last=last,
        before=own[-2] if len(own) > 1 else None,
        high=max(every, key=lambda seen: (seen.value, seen.when), default=None),
        low=min(every, key=lambda seen: (seen.value, -seen.when.toordinal()), default=None),
        known=len(now),
        red=sum(light(seen.value, lights, direction) is Light.RED for seen in now),
        light=light(last.value if last else None, lights, direction),
        threshold=lights.get("green"),
    )


def days_stale(last: Period, day: date, promised: int | None = None) -> int:
    """Return how old in days the last known period is where the next should have come by now; 0 while it need not."""
    due = PROMISED_DAYS[last.kind] if promised is None else promised
    return (day - last.end).days if (day - last.next().end).days > due else 0


def shortfall(found: Reading, lights: Mapping[str, Decimal], direction: Direction) -> float:
    """Return how far the last value is beyond the bound of red, as a share of that bound; 0 where it is not."""
    if found.last is None or not lights:
        return 0.0
    bound = float(lights["amber"])
    beyond = found.last.value - bound if direction is Direction.DOWN else bound - found.last.value
    return max(0.0, beyond / (abs(bound) or 1.0))


def is_about_too_few(row: FigureRow, least: int) -> bool:
    """Whether a figure, or a part of it, is about somebody but fewer than `least` people; nobody is not a secret.

    Personal data: Nghị định 13/2023/NĐ-CP; the number itself is the contract's (`min_people`).
    """
    told = [abs(each) for each in (row.value, row.numerator, row.denominator) if each is not None]
    counted = told[1:] if row.denominator is not None else told
    return any(0 < each < least for each in counted)


def withheld(rows: Sequence[FigureRow], least: Mapping[str, int]) -> set[int]:
    """Return the places of the figures that the public may not read, by the least number of people of each indicator.

    Where one part alone of a breakdown would be withheld, the total less the others would tell it: the smallest of
    those goes with it.
    """
    hidden = {n for n, row in enumerate(rows) if is_about_too_few(row, least.get(row.indicator, 0))}
    parts = defaultdict(list)
    for number, row in enumerate(rows):
        if row.breakdown and row.value is not None:
            parts[row.indicator, row.unit_code, row.period].append(number)
    for group in parts.values():
        open_ones = [number for number in group if number not in hidden]
        if len(group) - len(open_ones) == 1 and open_ones:
            hidden.add(min(open_ones, key=lambda number: _weight(rows[number])))
    return hidden


def _weight(row: FigureRow) -> Decimal:
    """Return how much a figure is about: of a ratio its denominator."""
    return abs(row.value or Decimal(0)) if row.denominator is None else abs(row.denominator)
