"""Reads of what was sent."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.sources.models import Submission


def visible_submissions(viewer: Viewer) -> QuerySet[Submission]:
    """Return what the units within the viewer's reach have sent."""
    rows = Submission.objects.select_related("unit", "submitted_by")
    return rows if viewer.unit_ids is None else rows.filter(unit_id__in=viewer.unit_ids)


def versions(form: str, unit: Unit, period: Period) -> QuerySet[Submission]:
    """Return every version of a return, newest first."""
    rows = Submission.objects.filter(form=form, unit=unit, period_kind=period.kind, period_start=period.start)
    return rows.select_related("unit", "submitted_by").order_by("-version")


def latest(form: str, unit: Unit, period: Period) -> Submission | None:
    """Return the version in force of a return, None if nothing was sent."""
    return versions(form, unit, period).first()


def as_known_on(day: date) -> QuerySet[Submission]:
    """Return for each form, unit and period the newest version known at the end of the day; one row each."""
    known = Submission.objects.filter(submitted_day__lte=day, as_of__lte=day).select_related("unit")
    key = ("form", "unit_id", "period_kind", "period_start")
    return known.order_by(*key, "-version").distinct(*key)


def stated(form: str, unit_code: str, field: str, day: date) -> Decimal | None:
    """Return the number that a unit stated in a field, of the last period known on the day; None if there is none."""
    known = as_known_on(day).filter(form=form, unit__code=unit_code)
    newest = max(known, key=lambda row: (row.period_start, row.version), default=None)
    text = newest.values.get(field) if newest else None
    return Decimal(text) if text is not None else None
