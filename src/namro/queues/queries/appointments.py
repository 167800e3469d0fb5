"""Appointments: which days and slots are offered, how many places are left, one appointment by its code."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from namro.ground import clock
from namro.organisation.queries import working_calendar
from namro.queues.models import Appointment, Office, Service
from namro.queues.rules.booking import clock_of, minute_of, slots_of
from namro.queues.terms import Booking


@dataclass(frozen=True)
class Slot:
    """A slot of a day: its minute, how it is read on a clock, and the places left."""

    minute: int
    words: str
    left: int


def offered_days(office: Office) -> list[date]:
    """Return the working days for which one may book: today, if it is one, and so many more."""
    calendar, today = working_calendar(), clock.today()
    ahead = [calendar.add_working_days(today, n) for n in range(1, office.booking_days + 1)]
    return [today, *ahead] if calendar.is_working(today) else ahead


def free_slots(service: Service, day: date) -> list[Slot]:
    """Return the slots of a day that have not begun, with the places left in each; one query."""
    office = service.office
    taken = dict(
        Appointment.objects.filter(service=service, day=day)
        .exclude(state=Booking.CANCELLED)
        .values_list("slot")
        .annotate(n=Count("pk"))
    )
    now = minute_of(clock.now().timetz()) if day == clock.today() else -1.0
    return [
        Slot(start, clock_of(start), max(0, service.places - taken.get(start, 0)))
        for start in slots_of(office.halves, office.slot_minutes)
        if start > now
    ]


def appointment(code: str) -> Appointment | None:
    """Return the appointment of a code, None for no such code."""
    return (
        Appointment.objects.select_related("office__unit", "service", "ticket")
        .filter(code=code.strip().upper()[:10])
        .first()
    )
