"""Calling, and all that follows a call; a ticket is called at one counter, whoever else presses in the same instant."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from namro.audit.actions import once
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.rules import check_capability, check_inside
from namro.organisation.terms import Capability, Refused, Viewer
from namro.queues.actions.holding import check_holds
from namro.queues.actions.moments import check_of_today, leave_moment, moment_of
from namro.queues.models import Counter, Ticket, TicketMoment
from namro.queues.rules.booking import minute_of
from namro.queues.rules.order import turn_of
from namro.queues.rules.states import BY_VERB, Standing, check_can, check_free
from namro.queues.terms import AT_COUNTER, State, Verb

NOW = timedelta(0)


@dataclass(frozen=True)
class Act:
    """An act at a counter: who, which verb, for a transfer to which service, how long ago by the device's clock."""

    verb: Verb
    counter_id: int
    by: Person
    viewer: Viewer
    service: str = ""
    ago: timedelta = NOW


@once
def call_next(act: Act, *, client_id: UUID) -> Ticket | None:
    """Call whose turn it is among those the counter serves; None when nobody waits. Two counters that press in the
    same instant get two people; the same client id is the same call. Refused while somebody stands at the counter, and
    to whoever does not hold it."""
    counter = _counter(act)
    known = _done(client_id)
    if known is not None:
        return known
    check_holds(counter, act.by, act.ago)
    check_of_today(moment_of(act.ago))
    check_free(counter.number, _at(counter, clock.today()))
    ticket = (
        Ticket.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("office__unit", "service", "counter")
        .filter(
            office=counter.office_id,
            day=clock.today(),
            state=State.WAITING,
            service__code__in=counter.services,
        )
        .order_by("turn", "serial")
        .first()
    )
    return _write(ticket, act, counter, client_id) if ticket else None


@once
def act_on_ticket(ticket_client_id: UUID, act: Act, *, client_id: UUID) -> Ticket:
    """Do a verb to a ticket at a counter on the day of the act; the same client id is the same act. Refused by the
    state table, in a sentence that says which counter was there before, and to whoever did not hold the counter then;
    Ticket.DoesNotExist where the office has no such ticket."""
    counter = _counter(act)
    known = _done(client_id)
    if known is not None:
        return known
    check_holds(counter, act.by, act.ago)
    ticket = (
        Ticket.objects.select_for_update(of=("self",))
        .select_related("office__unit", "service", "counter")
        .get(client_id=ticket_client_id, office=counter.office_id)
    )
    day = _moment(ticket, act).astimezone(clock.VIETNAM).date()
    row = check_can(act.verb, standing_of(ticket), counter=counter.number, today=day)
    if row.target in AT_COUNTER and act.verb == Verb.CALL:
        check_free(counter.number, _at(counter, day))
    return _write(ticket, act, counter, client_id)


@transaction.atomic
def leave(key: str) -> Ticket:
    """Give a number back, by whoever holds its key; twice is as once. Refused when it was called already."""
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("office__unit").get(key=key)
    if ticket.state == State.LEFT:
        return ticket
    check_can(Verb.LEAVE, standing_of(ticket), counter=None, today=clock.today())
    ticket.state, ticket.ended_at = State.LEFT, clock.now()
    ticket.save(update_fields=["state", "ended_at"])
    leave_moment(ticket, Verb.LEAVE, mark=None, at=clock.now(), by=None)
    return ticket


def standing_of(ticket: Ticket) -> Standing:
    """What the rules need to know of a ticket."""
    return Standing(
        ticket.number, ticket.day, ticket.state, ticket.counter.number if ticket.counter else None
    )


def _counter(act: Act) -> Counter:
    """Return the counter of an act, locked: it does one thing at a time. Refused to whoever may not work there."""
    check_capability(act.viewer, Capability.RECEIVE_DOSSIERS)
    counter = Counter.objects.select_for_update(of=("self",)).select_related("office").get(pk=act.counter_id)
    check_inside(act.viewer, counter.office.unit_id)
    return counter


def _done(client_id: UUID) -> Ticket | None:
    known = (
        TicketMoment.objects.select_related("ticket__office", "ticket__service")
        .filter(client_id=client_id)
        .first()
    )
    return known.ticket if known else None


def _at(counter: Counter, day: date) -> str | None:
    """Return the number of that day that stands at the counter."""
    here = Ticket.objects.filter(counter=counter, day=day, state__in=AT_COUNTER)
    return here.values_list("number", flat=True).first()


def _moment(ticket: Ticket, act: Act) -> datetime:
    """Return when the act was, after what was done to the ticket before."""
    return moment_of(act.ago, since=ticket.last_call_at or ticket.issued_at)


def _write(ticket: Ticket, act: Act, counter: Counter, client_id: UUID) -> Ticket:
    """Change the row where it still stands as it was seen, and leave the moment."""
    at = _moment(ticket, act)
    values = _values(ticket, act, counter, at)
    seen = {"pk": ticket.pk, "state__in": BY_VERB[act.verb].sources}
    if not Ticket.objects.filter(**seen).update(state=BY_VERB[act.verb].target, **values):
        raise Refused(f"Số {ticket.number} vừa được quầy khác gọi; hãy gọi số tiếp theo.")
    ticket.refresh_from_db()
    detail = {"service": ticket.service.code} if act.verb == Verb.TRANSFER else {}
    leave_moment(ticket, act.verb, mark=client_id, at=at, by=act.by, counter=counter, detail=detail)
    return ticket


def _values(ticket: Ticket, act: Act, counter: Counter, at: datetime) -> dict[str, Any]:
    """Return what a verb sets beside the state."""
    called = {"calls": F("calls") + 1, "last_call_at": at}
    by_verb: dict[Verb, dict[str, Any]] = {
        Verb.CALL: called | {"counter": counter, "called_at": ticket.called_at or at},
        Verb.RECALL: called,
        Verb.SERVE: {"served_at": at},
        Verb.FINISH: {"served_at": ticket.served_at or ticket.last_call_at, "ended_at": at},
        Verb.NO_SHOW: {"ended_at": at},
        Verb.TRANSFER: {"counter": None},
        Verb.RETURN: {"counter": None, "ended_at": None},
        Verb.LEAVE: {"ended_at": at},
    }
    values = by_verb.get(act.verb, {})
    if act.verb == Verb.TRANSFER:
        values["service"] = _other_service(ticket, act.service)
    if act.verb == Verb.RETURN:
        here = minute_of(at.astimezone(clock.VIETNAM).timetz())
        values["turn"] = turn_of(here, ticket.office.turns, priority=ticket.priority)
    return values


def _other_service(ticket: Ticket, code: str) -> Any:
    """Return the service to which a ticket is passed on; it keeps its turn, so nobody waits twice."""
    found = ticket.office.services.filter(code=code, is_offered=True).first()
    if found is None or found.pk == ticket.service_id:
        raise Refused("Hãy chọn nhóm việc khác để chuyển tới.", field="service")
    return found
