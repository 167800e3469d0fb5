"""From counts to points: exact fractions, rounded once a part to two decimals; the total is the sum of what shows."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil

from namro.ground.numbers import round_half_up
from namro.quality.rules import full_at, why_not
from namro.quality.terms import (
    NOT_APPLICABLE,
    Action,
    Count,
    Level,
    Part,
    PartScore,
    Readings,
    Scheme,
    Score,
)

NOTHING = Count(Fraction(0), Fraction(0))
DECIMALS = 2
EMPTY = "Không có gì để tính trong kỳ (mẫu số bằng 0)"


def scored(scheme: Scheme, counts: Mapping[str, Count], level: Level, readings: Readings) -> Score:
    """Return the score of a unit in a period from the counts by part; a part without a count does not apply."""
    parts = tuple(_part(scheme, part, counts, level, readings) for part in scheme.parts)
    points = sum((each.points for each in parts if each.points is not None), Decimal(0))
    applicable = sum((each.part.most for each in parts if each.applies), Decimal(0))
    most = sum((part.most for part in scheme.parts), Decimal(0))
    return Score(
        parts, points, applicable, total(points, applicable, most, readings[NOT_APPLICABLE]), readings
    )


def _part(
    scheme: Scheme, part: Part, counts: Mapping[str, Count], level: Level, readings: Readings
) -> PartScore:
    count, threshold = counts.get(part.code, NOTHING), full_at(scheme, part, readings)
    reason = why_not(part, level, readings) or ("" if count.denominator else EMPTY)
    if reason:
        return PartScore(part, count, None, None, threshold, reason)
    top, bottom = _whole(count)
    rate = _rounded(top * 100, bottom)
    return PartScore(part, count, rate, points(part.most, threshold, count), threshold)


def points(most: Decimal, threshold: Decimal, count: Count) -> Decimal:
    """Return the points of a count: all from the threshold (per cent) on, in proportion below it.

    In whole numbers, which are exact and many times faster than fractions: a year of a city is 21,000 of them.
    """
    top, bottom = _whole(count)
    share = min(max(top, 0), bottom)
    full, at_most = _hundredths(threshold), _hundredths(most)
    if share * 100 * 100 >= bottom * full:
        return _rounded(at_most, 100)
    return _rounded(at_most * share * 100, bottom * full)


def _whole(count: Count) -> tuple[int, int]:
    """Return two whole numbers that are to each other as numerator and denominator are."""
    (a, b), (c, d) = count.numerator.as_integer_ratio(), count.denominator.as_integer_ratio()
    return a * d, b * c


@lru_cache(maxsize=100)
def _hundredths(number: Decimal) -> int:
    return int(number * 100)


def _rounded(top: int, bottom: int) -> Decimal:
    """Return a ratio of whole numbers with two decimals, halves up; neither is negative."""
    return Decimal((2 * 100 * top + bottom) // (2 * bottom)).scaleb(-DECIMALS)


def total(points: Decimal, applicable: Decimal, most: Decimal, treatment: str) -> Decimal | None:
    """Return the total out of `most`; None where no part applies.

    What does not apply: `chia_lai` shares its weight among the parts that do, in proportion; `khong_diem` gives nothing
    for it; `tron_diem` gives it in full.
    """
    if not applicable:
        return None
    if treatment == "chia_lai":
        return round_half_up(Fraction(points) * Fraction(most) / Fraction(applicable), DECIMALS)
    return points + (most - applicable if treatment == "tron_diem" else 0)


def synchronised_base(
    *, reported: int, portal: int, last_year: int, months: int, takes_greater: bool
) -> Fraction:
    """Return what 1.4 divides by: the greater of the two counts of dossiers received, or the portal's alone.

    Where it is 0, last year's total in the proportion of the period: ÷ 12 for a month, ÷ 4 for a quarter.
    """
    received = max(reported, portal) if takes_greater else portal
    return Fraction(received) if received else Fraction(last_year * months, 12)


def settlement_liked(*, settled: int, late: int, unhappy: int, both: int, adds_rates: bool) -> Count:
    """Return the count of 5.4: 100 % − (late % + complained or disliked %).

    `both` are the dossiers late and complained of or disliked: adding rates takes them off twice.
    """
    bad = late + unhappy - (0 if adds_rates else both)
    return Count.of(max(0, settled - bad), settled)


def gain(scheme: Scheme, score: Score, part: PartScore, mended: int) -> Decimal:
    """Return by how many points the total rises when so many of what cost points in a part are mended."""
    if not part.applies or score.total is None:
        return Decimal(0)
    count = Count(part.count.numerator + mended, part.count.denominator)
    more = points(part.part.most, part.full_at, count) - (part.points or 0)
    most = sum((each.most for each in scheme.parts), Decimal(0))
    raised = total(score.points + more, score.applicable, most, score.readings[NOT_APPLICABLE])
    return (raised or Decimal(0)) - score.total


def needed(part: PartScore) -> int:
    """Return how many must be mended for a part to give all its points."""
    wanted = part.count.denominator * Fraction(part.full_at) / 100 - part.count.numerator
    return max(0, ceil(wanted))


def best_actions(scheme: Scheme, score: Score, mendable: Mapping[str, int]) -> list[Action]:
    """Return what raises the total most, first: for each part the fewest of the mendable that give the most."""
    found = []
    for part in score.parts:
        count = min(mendable.get(part.part.code, 0), needed(part)) if part.applies else 0
        raised = gain(scheme, score, part, count) if count else Decimal(0)
        if raised > 0:
            found.append(Action(part.part, count, raised))
    return sorted(found, key=lambda action: (-action.gain, action.count, action.part.code))
