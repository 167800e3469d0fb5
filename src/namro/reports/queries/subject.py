"""What a report is about: the unit as it stood on the day, its tier, and the last period that had ended."""

from datetime import date

from django.conf import settings

from namro.ground.period import Kind, Period
from namro.organisation.models import Unit
from namro.organisation.queries import city_of, working_calendar
from namro.organisation.terms import COMMUNE_KINDS, PROVINCE_KINDS
from namro.reports.terms import Subject, Tier

ANSWER_IN = 5  # working days


def subject_of(unit: Unit, day: date, kind: Kind, *, answer_in: int = ANSWER_IN) -> Subject:
    """Return the subject of a unit's report; at most one query. `answer_in`: working days left to answer a letter."""
    period = reported_period(kind, day)
    return Subject(
        unit=unit.code,
        name=unit.name,
        kind=unit.kind,
        tier=tier_of(unit),
        city=city_of(unit).name,
        short_name=unit.label,
        as_of=day,
        period=period.key,
        period_label=period.label,
        synthetic=settings.DEMO,
        answer_by=working_calendar().add_working_days(day, answer_in),
    )


def tier_of(unit: Unit) -> Tier:
    """Return the tier of a unit in the two-tier tree."""
    if unit.kind in PROVINCE_KINDS:
        return Tier.CITY
    return Tier.COMMUNE if unit.kind in COMMUNE_KINDS else Tier.AGENCY


def reported_period(kind: Kind, day: date) -> Period:
    """Return the last period of the kind that has ended by the day: on 9 July 2025 the first half of 2025."""
    period = Period.containing(kind, day)
    return period if period.end <= day else period.previous()
