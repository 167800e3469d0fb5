"""Pure decisions on figures: where a target stands on a day, how far a value is from it, which light it shows."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from namro.ground.numbers import exact, round_half_up
from namro.indicators.terms import Direction, Light, TargetDef

KEPT_DECIMALS = 6


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


def light(value: Decimal | None, lights: Mapping[str, Decimal], direction: Direction) -> Light:
    """Return the light of a value by the definition's thresholds; no data has no light of its own colour."""
    if value is None or not lights:
        return Light.NONE
    sign = -1 if direction is Direction.DOWN else 1
    if value * sign >= lights["green"] * sign:
        return Light.GREEN
    return Light.AMBER if value * sign >= lights["amber"] * sign else Light.RED
