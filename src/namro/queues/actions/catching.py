"""Catching up: what a counter did while the line was cut, told later, act by act, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from namro.organisation.models import Person
from namro.organisation.rules import check_capability, check_inside
from namro.organisation.terms import Capability, Refused, Viewer
from namro.queues.actions.calling import Act, act_on_ticket, call_next
from namro.queues.actions.issuing import Wanted, issue_ticket
from namro.queues.models import Counter, Ticket
from namro.queues.terms import Channel, Verb

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
    """What became of an act: the number it is about, and the sentence where it was refused (empty: it was done)."""

    client_id: UUID
    number: str
    refusal: str = ""


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
            outcomes.append(Outcome(each.client_id, _do(counter, each, by, viewer)))
        except (Refused, Ticket.DoesNotExist) as refusal:
            said = getattr(refusal, "sentence", "Không có số này ở nơi xếp hàng của quầy.")
            outcomes.append(Outcome(each.client_id, each.number, said))
            if each.ticket is not None:
                refused[each.ticket] = each.number
    return outcomes


def _do(counter: Counter, each: OfflineAct, by: Person, viewer: Viewer) -> str:
    """Do one act and return the number it was about, empty when nobody waited."""
    if each.verb == Verb.ISSUE:
        wanted = Wanted(
            each.service, each.priority, Channel.OFFLINE if each.number else Channel.DESK, number=each.number,
            ago=each.ago,
        )  # fmt: skip
        return issue_at_counter(counter, wanted, each.client_id, by, viewer).number
    act = Act(
        Verb.CALL if each.verb == NEXT else Verb(each.verb), counter.pk, by, viewer, each.service, each.ago
    )
    if each.verb == NEXT:
        ticket = call_next(act, client_id=each.client_id)
        return ticket.number if ticket else ""
    if each.ticket is None:
        raise Refused("Việc này phải nói về một số; hãy tải lại trang.")
    return act_on_ticket(each.ticket, act, client_id=each.client_id).number


def issue_at_counter(counter: Counter, wanted: Wanted, ticket_id: UUID, by: Person, viewer: Viewer) -> Ticket:
    """Give a number at a counter, for somebody without a phone or while the kiosk stands still."""
    check_capability(viewer, Capability.RECEIVE_DOSSIERS)
    check_inside(viewer, counter.office.unit_id)
    return issue_ticket(counter.office_id, wanted, client_id=ticket_id, by=by)
