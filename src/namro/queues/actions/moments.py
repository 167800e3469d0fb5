"""What every act leaves: a moment of the ticket and a line of the log; and when an act was that is told of later."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from namro.audit.actions import record
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.queues.models import Counter, Ticket, TicketMoment
from namro.queues.terms import Verb

# What a device says of an act longer ago than a line stays cut, over a weekend too, is not believed.
LONGEST_AGO = timedelta(days=4)


def moment_of(ago: timedelta, *, since: datetime | None = None) -> datetime:
    """Return when an act was that is `ago` by the clock of a device: never to come, never before what it follows.

    How long ago is all that is taken from a device, whose clock may be set wrongly; the house's own may be put back.
    """
    now = clock.now()
    at = now - min(max(ago, timedelta(0)), LONGEST_AGO)
    return at if since is None else min(max(at, since), max(now, since))


def check_of_today(at: datetime) -> None:
    """Refuse what only makes sense in the hall of the moment, when it was asked on another day."""
    if at.astimezone(clock.VIETNAM).date() != clock.today():
        raise Refused(f"Việc này được bấm ngày {at.astimezone(clock.VIETNAM):%d/%m/%Y}; hãy bấm lại.")


def leave_moment(
    ticket: Ticket,
    verb: Verb,
    *,
    mark: UUID | None,
    at: datetime,
    by: Person | None,
    counter: Counter | None = None,
    detail: dict[str, Any] | None = None,
) -> TicketMoment:
    """Append the moment, marked with the number of the act that made it, and the line of the log."""
    said = detail or {}
    record(
        by=by, verb=f"ticket_{verb}", obj=ticket, unit=ticket.office.unit.code,
        after={"number": ticket.number, "state": ticket.state, "counter": counter.number if counter else None, **said},
    )  # fmt: skip
    return TicketMoment.objects.create(
        client_id=mark,
        ticket=ticket,
        verb=verb,
        at=at,
        heard_at=clock.now(),
        by=by,
        counter=counter,
        detail=said,
    )
