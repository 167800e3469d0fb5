"""What the index reports into the river of every unit that received dossiers, by month: points, and what they count."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from namro.dossiers.models import Dossier
from namro.dossiers.queries import today as dossier_time
from namro.ground.period import Kind, Period
from namro.organisation.models import Unit
from namro.organisation.terms import PROVINCE_KINDS
from namro.quality.queries import months_of, scores
from namro.quality.terms import Measure, Score

MONTHS = 6  # what may still change: dossiers that were filed long ago are settled, rated and complained of


# What is counted under a name of its own, beside the points.
COUNTED = {Measure.IN_TIME: "dung_han", Measure.ONLINE: "truc_tuyen"}
POINTS = "diem"


@dataclass(frozen=True)
class Points:
    """Points of a unit in a month out of so many, of a group of the index or of all ('').

    Where `what` is not POINTS, they are dossiers that fulfil a part, of those it counts.
    """

    unit: str
    period: Period
    group: str
    points: Decimal
    most: Decimal
    what: str = POINTS


def points() -> Iterator[Points]:
    """Yield points and counts of the last months, of units below a city and of the city; nothing before the first
    dossier."""
    now = dossier_time.now()
    if not Dossier.objects.filter(received_at__isnull=False).exists():
        return
    last = Period.containing(Kind.MONTH, now.date())
    first = last
    for _ in range(MONTHS - 1):
        first = first.previous()
    units = _units()
    found = scores(units, months_of(first.start, last.end, now), {}).scores
    codes = {unit.pk: unit.code for unit in units}
    for (unit, period), score in found.items():
        yield from _points(codes[unit], period, score)


def _units() -> list[Unit]:
    """The units below a city that has any, and these cities."""
    below = Unit.objects.filter(valid_to__isnull=True, parent__kind__in=PROVINCE_KINDS)
    return [*Unit.objects.filter(pk__in=below.values("parent")), *below]


def _points(unit: str, period: Period, score: Score) -> Iterator[Points]:
    received = any(each.part.measure is Measure.IN_TIME and each.count.denominator for each in score.parts)
    if score.total is None or not received:
        return
    yield Points(unit, period, "", score.total, Decimal(100))
    for group in dict.fromkeys(each.part.group for each in score.parts):
        parts = [each for each in score.parts if each.part.group == group and each.applies]
        if parts:
            given = sum((each.points or Decimal(0) for each in parts), Decimal(0))
            yield Points(unit, period, group, given, sum((each.part.most for each in parts), Decimal(0)))
    for each in score.parts:
        if each.part.measure in COUNTED and each.count.denominator:
            top, bottom = (Decimal(int(number)) for number in (each.count.numerator, each.count.denominator))
            yield Points(unit, period, "", top, bottom, COUNTED[each.part.measure])
