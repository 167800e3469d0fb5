"""Who is on duty: now, for each unit and service group; and the roster of some units."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from namro.alerts.models import Duty
from namro.alerts.rules import is_on_duty, shift_day
from namro.alerts.terms import Shift
from namro.organisation.models import Unit
from namro.organisation.queries import posts_held
from namro.organisation.terms import Viewer

# By unit and service group (empty: all groups) the people on duty.
OnDuty = Mapping[int, Mapping[str, list[int]]]
NIGHT = timedelta(days=1)  # a night that began yesterday is still stood in the morning


def on_duty(moment: datetime) -> OnDuty:
    """Return who stands duty at a moment, with a post in the unit still; one query."""
    day, found = moment.date(), dict[int, dict[str, list[int]]]()
    seated = Exists(posts_held(day).filter(person=OuterRef("person"), unit=OuterRef("unit")))
    rows = Duty.objects.filter(
        seated, is_ended=False, person__is_active=True, first__lte=day, last__gte=day - NIGHT
    ).order_by("pk")
    for duty in rows:
        if is_on_duty(duty.first, duty.last, Shift(duty.shift), moment):
            found.setdefault(duty.unit_id, {}).setdefault(duty.group, []).append(duty.person_id)
    return found


def roster(unit_ids: Collection[int], moment: datetime) -> list[Duty]:
    """Return the duties of some units that are not over at a moment, the first first; one query."""
    rows = Duty.objects.filter(unit__in=unit_ids, is_ended=False, last__gte=moment.date() - NIGHT)
    ordered = rows.select_related("unit", "person", "taken_from__person").order_by("first", "shift", "pk")
    return [duty for duty in ordered if duty.last >= shift_day(Shift(duty.shift), moment)]


def duty_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units whose roster the viewer keeps: those of the viewer's own posts."""
    return Unit.objects.filter(pk__in=viewer.post_unit_ids, valid_to__isnull=True).order_by("code")


def one_duty(viewer: Viewer, duty_id: int) -> Duty | None:
    """The duty of a unit whose roster the viewer keeps, None where there is none."""
    rows = Duty.objects.select_related("unit", "person")
    return rows.filter(pk=duty_id, unit__in=viewer.post_unit_ids, is_ended=False).first()
