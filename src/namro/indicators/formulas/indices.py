"""Composite indices: the values of peers in, a score of each out; and what a better value of one part would bring.

Plain numbers of some hundred units: no engine is asked. Every way of making points keeps to 0 to 100, and never gives
less for a better value.
"""

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean, pstdev

from namro.indicators.terms import IndexDef, IndexPart, Missing, Normalise, Score

DECIMALS = 6
Values = Mapping[str, Mapping[str, float]]  # by unit, by key of the part


def scored(index: IndexDef, values: Values) -> dict[str, Score]:
    """Return the score of every unit of which any part is known; `values` are those of all peers in one period."""
    points: dict[str, dict[str, float]] = {unit: {} for unit in values}
    for part in index.parts:
        known = {unit: given[part.key] for unit, given in values.items() if part.key in given}
        for unit, worth in normalised(part, known).items():
            points[unit][part.key] = worth
    return {unit: weighed(index, given) for unit, given in points.items() if given}


def normalised(part: IndexPart, known: Mapping[str, float]) -> dict[str, float]:
    """Return what the value of each unit is worth, 0 to 100, among the values known."""
    sign = 1.0 if part.more_is_better else -1.0
    told = {unit: sign * value for unit, value in known.items()}
    worth = _WAYS[part.normalise](part, sign, list(told.values()))
    return {unit: round(min(100.0, max(0.0, worth(value))), DECIMALS) for unit, value in told.items()}


def weighed(index: IndexDef, points: Mapping[str, float]) -> Score:
    """Return the score of one unit from what its parts are worth, by the rule of what is missing."""
    every = sum(part.weight for part in index.parts)
    there = sum(part.weight for part in index.parts if part.key in points)
    weight = every if index.missing is Missing.ZERO else there
    enough = index.missing is Missing.ZERO or there >= every * _asked(index) / 100
    total = sum(part.weight * points[part.key] for part in index.parts if part.key in points)
    return Score(round(total / weight, DECIMALS) if enough and weight else None, weight, dict(points))


def gain(
    index: IndexDef, values: Values, unit: str, key: str, reached: float, now: Score | None = None
) -> float | None:
    """Return by how much a unit's score would rise if one part reached a value while the others stay as they are.

    None where it has no score now, or none then. The part is weighed among the peers anew: who is the best now is so
    no more once overtaken. `now` is the unit's score where it is known already.
    """
    now = now or scored(index, values).get(unit)
    if now is None or now.value is None:
        return None
    part = index.part(key)
    known = {other: given[key] for other, given in values.items() if key in given} | {unit: reached}
    then = weighed(index, now.parts | {key: normalised(part, known)[unit]})
    return None if then.value is None else round(then.value - now.value, DECIMALS)


def _asked(index: IndexDef) -> float:
    return 100.0 if index.missing is Missing.REFUSE else index.at_least


Worth = Callable[[float], float]


def _by_target(part: IndexPart, sign: float, among: Sequence[float]) -> Worth:
    zero, full = sign * part.zero, sign * part.full
    return lambda value: 100 * (value - zero) / (full - zero)


def _by_range(part: IndexPart, sign: float, among: Sequence[float]) -> Worth:
    """Between the worst and the best of the peers; where all are equal nobody is behind."""
    low, high = min(among, default=0.0), max(among, default=0.0)
    return lambda value: 100.0 if high == low else 100 * (value - low) / (high - low)


def _by_rank(part: IndexPart, sign: float, among: Sequence[float]) -> Worth:
    """The share of the others that are not better."""
    others = len(among) - 1
    return lambda value: 100.0 if not others else 100 * (sum(each <= value for each in among) - 1) / others


def _by_distance(part: IndexPart, sign: float, among: Sequence[float]) -> Worth:
    """The distance from the mean in standard deviations, from -cap to +cap; where all are equal the middle."""
    middle, wide = fmean(among or [0.0]), pstdev(among or [0.0])
    return lambda value: 50.0 if not wide else 50 + 50 * (value - middle) / wide / part.cap


_WAYS: Mapping[Normalise, Callable[[IndexPart, float, Sequence[float]], Worth]] = {
    Normalise.TARGET: _by_target,
    Normalise.MIN_MAX: _by_range,
    Normalise.RANK: _by_rank,
    Normalise.Z: _by_distance,
}
