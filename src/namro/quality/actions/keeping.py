"""Keeping what comes from outside the dossiers: announcements and national counts; the same rows twice are as once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.queries import working_calendar
from namro.quality.models import Announcement, ReportedCount

WORKING_DAYS = (
    5  # between a decision and the day its legal basis takes effect; between it and its publication
)
_DAYS = ("effective_on", "decided_on", "decide_by", "published_on", "publish_by", "whole_since")


@dataclass(frozen=True)
class AnnouncementRow:
    """One procedure of a decision: its days; `procedure` is the key of the procedure."""

    number: str
    procedure: int
    effective_on: date
    decided_on: date
    published_on: date | None
    whole_since: date | None


@dataclass(frozen=True)
class ReportedRow:
    """How many dossiers of a unit the national report has for a month or a year; `unit` is the key of the unit."""

    unit: int
    period: Period
    received: int


@transaction.atomic
def put_announcements(city: Unit, rows: Iterable[AnnouncementRow], *, is_synthetic: bool) -> int:
    """Put what a city announced, each with the days by which it had to be; returns how many."""
    calendar = working_calendar()
    made = [
        Announcement(
            unit=city,
            procedure_id=row.procedure,
            number=row.number,
            effective_on=row.effective_on,
            decided_on=row.decided_on,
            decide_by=calendar.add_working_days(row.effective_on, -WORKING_DAYS),
            published_on=row.published_on,
            publish_by=calendar.add_working_days(row.decided_on, WORKING_DAYS),
            whole_since=row.whole_since,
            is_synthetic=is_synthetic,
        )
        for row in rows
    ]
    Announcement.objects.bulk_create(
        made, batch_size=1000, update_conflicts=True, unique_fields=["unit", "number", "procedure"],
        update_fields=[*_DAYS, "is_synthetic"],
    )  # fmt: skip
    return len(made)


@transaction.atomic
def put_reported(rows: Iterable[ReportedRow], *, is_synthetic: bool) -> int:
    """Put what is reported nationally; returns how many."""
    made = [
        ReportedCount(
            unit_id=row.unit,
            period_kind=row.period.kind.value,
            period_start=row.period.start,
            received=row.received,
            is_synthetic=is_synthetic,
        )
        for row in rows
    ]
    ReportedCount.objects.bulk_create(
        made, batch_size=1000, update_conflicts=True, unique_fields=["unit", "period_kind", "period_start"],
        update_fields=["received", "is_synthetic"],
    )  # fmt: skip
    return len(made)
