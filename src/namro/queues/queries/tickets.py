"""One ticket as its holder sees it: where it stands, how many are ahead, what to expect."""

from dataclasses import dataclass

from namro.ground import clock
from namro.queues.models import Ticket
from namro.queues.queries.forecast import Forecast, calibration_of, forecast, standing
from namro.queues.terms import State


@dataclass(frozen=True)
class Place:
    """The place of a ticket in the hall now: how many are ahead, whether the turn is near, the wait from now on."""

    ahead: int
    is_near: bool
    forecast: Forecast | None


def ticket(key: str) -> Ticket | None:
    """Return the ticket of a key, None for no such key."""
    return (
        Ticket.objects.select_related("office__unit", "service", "counter", "appointment")
        .filter(key=key[:22])
        .first()
    )


def place_of(row: Ticket) -> Place:
    """Return where a ticket stands now; nobody is ahead of one that does not wait today."""
    if row.state != State.WAITING or row.day != clock.today():
        return Place(0, is_near=False, forecast=None)
    hall = standing(row.office, row.day)
    ahead = hall.ahead_of(row.service, row.turn, row.serial).total()
    told = (
        forecast(hall, calibration_of(row.office), row.service, row.turn, row.serial)
        if row.service in hall.services
        else None
    )
    return Place(ahead, is_near=ahead < row.office.near, forecast=told)
