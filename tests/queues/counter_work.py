"""What is done with numbers in a hall: taken, called, and worked on at a counter."""

from uuid import uuid4

from tests.builders import seen_by

from namro.organisation.models import Person
from namro.queues import actions
from namro.queues.actions.calling import Act
from namro.queues.models import Counter, Office, Ticket
from namro.queues.terms import Verb


def take(office: Office, service: str = "chung_thuc", **more: object) -> Ticket:
    """Take a number."""
    return actions.issue_ticket(office.pk, actions.Wanted(service, **more), client_id=uuid4())


def act(counter: Counter, verb: Verb, by: Person, **more: object) -> Act:
    """An act of a person at a counter."""
    return Act(verb, counter.pk, by, seen_by(by), **more)


def do(ticket: Ticket, counter: Counter, verb: Verb, by: Person, **more: object) -> Ticket:
    """Do a verb to a ticket."""
    return actions.act_on_ticket(ticket.client_id, act(counter, verb, by, **more), client_id=uuid4())


def call(counter: Counter, by: Person) -> Ticket | None:
    """Call the next."""
    return actions.call_next(act(counter, Verb.CALL, by), client_id=uuid4())
