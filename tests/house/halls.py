"""Somebody with a number and somebody with an appointment, in the ward that the package lets people wait in."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.organisation.models import Unit
from namro.queues.actions import Wanted, book, issue_ticket
from namro.queues.actions.booking import Asked
from namro.queues.models import Office

PAGES = ("queue_office", "queue_tickets", "queue_simulation", "queue_run", "queue_board", "queue_board_state",
         "queue_kiosk", "appointment_new")  # fmt: skip
TICKET, APPOINTMENT = UUID(int=57), UUID(int=58)


def samples(ward: Unit, day: date) -> dict[str, dict[str, object]]:
    """Return, by route, what an address of it is made with."""
    office = Office.objects.get(unit=ward)
    with clock.at(datetime.combine(day, time(9), VIETNAM)):
        ticket = issue_ticket(office.pk, Wanted("chung_thuc"), client_id=TICKET)
        service = office.services.get(code="ho_tich")
        booked = book(Asked(service.pk, day + timedelta(days=1), 540, "0905000000"), client_id=APPOINTMENT)
    of_office: dict[str, object] = {"unit": ward.code}
    at_counter = of_office | {"number": 1}
    return {
        **dict.fromkeys(PAGES, of_office),
        "queue_desk": at_counter,
        "queue_sync": at_counter,
        "queue_ticket": {"key": ticket.key},
        "queue_ticket_state": {"key": ticket.key},
        "appointment": {"code": booked.code},
    }
