"""Round marks for an axis, so that its words can be written in Vietnamese here instead of by a script."""

import math
from collections.abc import Iterable

STEPS = (1, 2, 2.5, 5, 10)
NOTHING = 1e-9


def ticks(values: Iterable[float | None], wanted: int = 4) -> list[float]:
    """Return about so many round marks from zero (or the lowest below zero) to just above the highest value."""
    known = [float(value) for value in values if value is not None]
    high, low = max([0.0, *known]), min([0.0, *known])
    span = high - low
    step = _step(span / wanted) if span > NOTHING else 1.0
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, max(last, first + 1) + 1)]


def _step(raw: float) -> float:
    """Return the smallest round step that is not below the raw one."""
    magnitude = 10.0 ** math.floor(math.log10(raw))
    return next(step * magnitude for step in STEPS if step * magnitude >= raw * (1 - 1e-9))
