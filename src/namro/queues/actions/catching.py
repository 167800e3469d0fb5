"""Catching up: what a counter did while the line was cut, told later, act by act, each once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid5

from namro.organisation.models import Person
from namro.organisation.rules import check_capability, check_inside
from namro.organisation.terms import Capability, Refused, Viewer
from namro.queues.actions.calling import Act, act_on_ticket, call_next
from namro.queues.actions.holding import check_holds
from namro.queues.actions.issuing import Wanted, issue_ticket
from namro.queues.models import Counter, Ticket, TicketMoment
from namro.queues.terms import AT_COUNTER, Channel, Verb

NEXT = "next"
# What is said of an act that follows one that was refused.
FOLLOWS = "Việc trước đó trên số này không thực hiện được."


@dataclass(frozen=True)
class OfflineAct:
    """An act as a device kept it: `ticket` is the id of the ticket it is about (its own, where it takes a number)."""

    client_id: UUID
    verb: str
    ticket: UUID | None = None
    service: str = ""
    priority: str = ""
    number: str = ""
    ago: timedelta = timedelta(0)


@dataclass(frozen=True)
class Outcome:
    """What became of an act: the number it is about, the sentence where it was refused (empty: it was done), and the
    key to the page of a number that it gave."""

    client_id: UUID
    number: str
    refusal: str = ""
    given_key: str = ""


def catch_up(counter: Counter, acts: Iterable[OfflineAct], *, by: Person, viewer: Viewer) -> list[Outcome]:
    """Do the acts in their order, each in a transaction of its own, and return what became of each.

    What was done before is answered as it was then. A refusal stops nothing but what follows on the same ticket: a
    call that another counter made first is told once, not again for each act after it.
    """
    outcomes: list[Outcome] = []
    refused: dict[UUID, str] = {}
    for each in acts:
        if each.ticket in refused:
            outcomes.append(Outcome(each.client_id, refused[each.ticket], FOLLOWS))
            continue
        try:
            outcomes.append(_outcome(each, _do(counter, each, by, viewer)))
        except (Refused, Ticket.DoesNotExist) as refusal:
            said = getattr(refusal, "sentence", "Không có số này ở nơi xếp hàng của quầy.")
            outcomes.append(Outcome(each.client_id, each.number, said))
            if each.ticket is not None:
                refused[each.ticket] = each.number
    return outcomes


def _outcome(each: OfflineAct, ticket: Ticket | None) -> Outcome:
    """Return what is told of an act that was done; a number that was given has to reach whom it was given to."""
    if ticket is None:
        return Outcome(each.client_id, "")
    return Outcome(each.client_id, ticket.number, given_key=ticket.key if each.verb == Verb.ISSUE else "")


def _do(counter: Counter, each: OfflineAct, by: Person, viewer: Viewer) -> Ticket | None:
    """Do one act and return the ticket it was about, None when nobody waited."""
    if each.verb == Verb.ISSUE:
        _check_own_number(counter, each.number)
        wanted = Wanted(
            each.service, each.priority, Channel.OFFLINE if each.number else Channel.DESK, number=each.number,
            ago=each.ago,
        )  # fmt: skip
        return issue_at_counter(counter, wanted, each.client_id, by, viewer)
    act = Act(
        Verb.CALL if each.verb == NEXT else Verb(each.verb), counter.pk, by, viewer, each.service, each.ago
    )
    if each.verb == NEXT:
        return _next(each, act)
    if each.ticket is None:
        raise Refused("Việc này phải nói về một số; hãy tải lại trang.")
    return act_on_ticket(each.ticket, act, client_id=each.client_id)


def _check_own_number(counter: Counter, number: str) -> None:
    """Refuse a number that is none of the counter's own; without a line each counter counts by itself."""
    own, dash, serial = number.partition("-")
    is_own = (
        own == str(counter.number)
        and bool(dash)
        and serial.isascii()
        and serial.isdigit()
        and len(number) <= 8
    )
    if number and not is_own:
        raise Refused(f"Quầy {counter.number} chỉ phát số dạng {counter.number}-01 khi mất mạng.")


def _next(each: OfflineAct, act: Act) -> Ticket | None:
    """Call the next; where the device has called somebody in the hall because no answer came, that one.

    If the house had called another before its answer got lost, that one keeps the place at the counter.
    """
    if each.ticket is None:
        return call_next(act, client_id=each.client_id)
    done = TicketMoment.objects.select_related("ticket").filter(client_id=each.client_id).first()
    if done is None or done.ticket.client_id == each.ticket:
        return act_on_ticket(each.ticket, act, client_id=each.client_id)
    if done.ticket.state in AT_COUNTER and done.ticket.counter_id == act.counter_id:
        act_on_ticket(
            done.ticket.client_id, replace(act, verb=Verb.HOLD), client_id=uuid5(each.client_id, "hold")
        )
    return act_on_ticket(each.ticket, act, client_id=uuid5(each.client_id, "call"))


def issue_at_counter(counter: Counter, wanted: Wanted, ticket_id: UUID, by: Person, viewer: Viewer) -> Ticket:
    """Give a number at a counter, for somebody without a phone or while the kiosk stands still."""
    check_capability(viewer, Capability.RECEIVE_DOSSIERS)
    check_inside(viewer, counter.office.unit_id)
    if not Ticket.objects.filter(client_id=ticket_id).exists():
        check_holds(counter, by, wanted.ago)
    return issue_ticket(counter.office_id, wanted, client_id=ticket_id, by=by)
