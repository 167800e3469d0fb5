"""Reads of targets, and how a figure stands against its own."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from namro.indicators.models import Target
from namro.indicators.queries.figures import figure
from namro.indicators.rules import distance_to_target, expected_on, light
from namro.indicators.terms import FigureRow, IndicatorDef, Light, TargetDef


def targets(day: date, *, unit_code: str | None = None) -> list[TargetDef]:
    """Return the targets in force on a day, of one unit if given: of those set anew only the last; one query."""
    rows = Target.objects.filter(set_on__lte=day)
    if unit_code is not None:
        rows = rows.filter(unit__code=unit_code)
    key = ("indicator", "unit_id", "breakdown")
    return [row.target for row in rows.order_by(*key, "-set_on").distinct(*key)]


def target(indicator: str, unit_code: str, day: date, breakdown: str = "") -> TargetDef | None:
    """Return the target of an indicator of a unit in force on a day, None if none was set by then."""
    rows = Target.objects.filter(
        indicator=indicator, unit__code=unit_code, breakdown=breakdown, set_on__lte=day
    )
    row = rows.order_by("-set_on").first()
    return row.target if row else None


@dataclass(frozen=True)
class Standing:
    """A figure against its target on a day: where it should be by the trajectory, how far ahead it is, its light."""

    figure: FigureRow | None
    target: TargetDef | None
    expected: Decimal | None
    distance: Decimal | None
    light: Light


def standing(definition: IndicatorDef, unit_code: str, day: date, breakdown: str = "") -> Standing:
    """Return how a unit stands with an indicator on a day; two queries."""
    found, aim = (
        figure(definition.code, unit_code, day, breakdown),
        target(definition.code, unit_code, day, breakdown),
    )
    return stand(definition, found, aim, day)


def stand(definition: IndicatorDef, found: FigureRow | None, aim: TargetDef | None, day: date) -> Standing:
    """Return how a figure already read stands against a target already read; no query."""
    value = found.rounded(definition) if found else None
    expected = expected_on(aim, day) if aim else None
    distance = distance_to_target(value, expected, definition.direction)
    return Standing(found, aim, expected, distance, light(value, definition.lights, definition.direction))
