"""Values of peers in, where one of them stands out."""

from collections.abc import Collection
from statistics import quantiles

from namro.indicators.terms import Direction, Spread, Stand

FEWEST = 4  # values that have quarters


def spread_of(values: Collection[float]) -> Spread | None:
    """Return how values lie, quartiles between two values as a straight line has them; None without any value."""
    if not values:
        return None
    first, median, third = quantiles(values, method="inclusive") if len(values) > 1 else [*values] * 3
    return Spread(len(values), min(values), first, median, third, max(values))


def stand_of(value: float, values: Collection[float], direction: Direction) -> Stand | None:
    """Return where a value stands among all (it is one of them); equal values share the better rank."""
    spread = spread_of(values)
    if spread is None:
        return None
    if direction is Direction.NONE:
        return Stand(value, None, spread, None)
    better = sum(each < value if direction is Direction.DOWN else each > value for each in values)
    return Stand(value, better + 1, spread, _quarter(value, spread, direction))


def _quarter(value: float, spread: Spread, direction: Direction) -> int | None:
    """Return in which quarter a value lies, 1 the best; None among too few, or where all are alike."""
    if spread.known < FEWEST or spread.low == spread.high:
        return None
    sign = -1 if direction is Direction.DOWN else 1
    cuts = sorted((sign * each for each in (spread.first, spread.median, spread.third)), reverse=True)
    return 1 + sum(sign * value < cut for cut in cuts)
