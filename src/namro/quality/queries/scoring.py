"""Scores of units and periods: counts of every kind brought together, then points by the pure rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from namro.dossiers.queries import today as dossier_time
from namro.ground.period import Kind, Period
from namro.organisation.models import Unit
from namro.organisation.queries import city_of
from namro.organisation.terms import COMMUNE_KINDS, PROVINCE_KINDS
from namro.quality.formulas import scored, settlement_liked, synchronised_base
from namro.quality.models import QualityIndex
from namro.quality.queries.announced import announced
from namro.quality.queries.conditions import BOTH, LATE, UNHAPPY
from namro.quality.queries.counting import Asked, Key, Tops, dossier_counts
from namro.quality.queries.feedback import feedback_counts
from namro.quality.queries.reported import Reported, reported
from namro.quality.queries.spans import Span, span
from namro.quality.rules import readings_of
from namro.quality.terms import Count, Level, Measure, Readings, Scheme, Score

CODE = "index766"
MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}
Given = dict[str, Count]


@dataclass(frozen=True)
class Scored:
    """The scores of units and periods, and what they were scored by."""

    scheme: Scheme
    readings: Readings
    scores: Mapping[Key, Score]


def scheme() -> Scheme:
    """Return the index in use; QualityIndex.DoesNotExist before a package declared it."""
    return QualityIndex.objects.get(code=CODE).scheme


def level_of(unit: Unit) -> Level:
    """Return at which level a unit is measured."""
    if unit.kind in PROVINCE_KINDS:
        return Level.CITY
    return Level.COMMUNE if unit.kind in COMMUNE_KINDS else Level.AGENCY


def span_of(period: Period) -> Span:
    """Return a period as it is measured at the moment of the dossiers."""
    return span(period, dossier_time.now())


def score_of(unit: Unit, period: Period, asked: Mapping[str, str]) -> Score:
    """Return the score of one unit in one period under readings; ReadingRefused for unknown ones."""
    index, found = scheme(), span_of(period)
    readings = readings_of(index, asked)
    ids = None if level_of(unit) is Level.CITY else [unit.pk]
    counts = _counts(index, [unit], Asked(ids, [found], readings))
    return scored(index, counts[unit.pk, period], level_of(unit), readings)


def scores(units: Sequence[Unit], spans: Sequence[Span], asked: Mapping[str, str]) -> Scored:
    """Return the scores of units in periods that lie one after the other; a constant number of queries."""
    index = scheme()
    readings = readings_of(index, asked)
    counts = _counts(index, units, Asked(None, spans, readings))
    found = {
        (unit.pk, each.period): scored(index, counts[unit.pk, each.period], level_of(unit), readings)
        for unit in units
        for each in spans
    }
    return Scored(index, readings, found)


def _counts(index: Scheme, units: Sequence[Unit], asked: Asked) -> dict[Key, Given]:
    """Return the count of each part, by unit and period."""
    of_dossiers, heard = dossier_counts(asked), feedback_counts(asked)
    told = reported(asked.units, asked.spans)
    public = _announced(units, asked)
    found = {}
    for unit in units:
        for each in asked.spans:
            key = (unit.pk, each.period)
            tops = of_dossiers.get(key, {}) | heard.get(key, {}) | public[level_of(unit)].get(each.period, {})
            found[key] = _of_parts(index, tops, _base(tops, told, key, asked.readings), asked.readings)
    return found


def _announced(units: Sequence[Unit], asked: Asked) -> dict[Level, dict[Period, Tops]]:
    if not units:
        return {}
    city = units[0] if level_of(units[0]) is Level.CITY else city_of(units[0])
    levels = {level_of(unit) for unit in units}
    return {level: announced(city.pk, level, asked.spans) for level in levels} if city else {}


def _of_parts(index: Scheme, tops: Tops, base: Fraction, readings: Readings) -> Given:
    given = {}
    for part in index.parts:
        numerator, denominator = tops.get(part.measure.value, (0, 0))
        given[part.code] = Count.of(numerator, denominator)
        if part.measure is Measure.SYNCHRONISED:
            given[part.code] = Count(Fraction(numerator), base)
        elif part.measure is Measure.SETTLEMENT_LIKED:
            given[part.code] = _liked(tops, readings)
    return given


def _base(tops: Tops, told: Reported, key: Key, readings: Readings) -> Fraction:
    """What 1.4 divides by."""
    unit, period = key
    _, portal = tops.get(Measure.SYNCHRONISED.value, (0, 0))
    return synchronised_base(
        reported=told.of(unit, period),
        portal=portal,
        last_year=told.year_before(unit, period),
        months=MONTHS[period.kind],
        takes_greater=readings["dong_bo_mau_so"] == "lon_nhat",
    )


def _liked(tops: Tops, readings: Readings) -> Count:
    (late, settled), (unhappy, _), (both, _) = (tops.get(name, (0, 0)) for name in (LATE, UNHAPPY, BOTH))
    adds = readings["khong_hai_long"] == "cong_ty_le"
    return settlement_liked(settled=settled, late=late, unhappy=unhappy, both=both, adds_rates=adds)
