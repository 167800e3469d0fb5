"""The page of a number that was called and missed lives on: its holder may be let in again, and must hear the call."""

import pytest
from django.test import Client
from tests.pages.queues.test_pages import page
from tests.queues.conftest import NINE
from tests.queues.counter_work import call, do, take

from namro.ground import clock
from namro.organisation.models import Person
from namro.queues import actions
from namro.queues.models import Counter, Office, Ticket
from namro.queues.terms import Verb

DEAD = "data-over"


def state(ticket: Ticket) -> dict[str, object]:
    """What the script of the page hears."""
    return dict(Client().get(f"/so-thu-tu/{ticket.key}/trang-thai/").json())


@pytest.fixture
def missed(office: Office, counters: list[Counter], clerk: Person) -> Ticket:
    """A number that was called, and nobody came."""
    take(office)
    called = call(counters[0], clerk)
    assert called
    return do(called, counters[0], Verb.NO_SHOW, clerk)


def test_a_missed_number_hears_that_it_was_missed_and_is_called_again(
    missed: Ticket, counters: list[Counter], clerk: Person
) -> None:
    said = state(missed)
    assert (said["missed"], said["over"]) == (True, False)
    shown = page(Client(), f"/so-thu-tu/{missed.key}/")
    assert DEAD not in shown
    assert "Báo cho tôi khi sắp đến lượt" in shown
    do(missed, counters[0], Verb.RETURN, clerk)
    said = state(missed)
    assert (said["missed"], said["near"], said["over"]) == (False, True, False)
    assert call(counters[0], clerk)
    assert (state(missed)["called"], state(missed)["calls"]) == (True, 2)


def test_a_number_that_is_given_back_or_of_yesterday_is_over(office: Office, missed: Ticket) -> None:
    gone = take(office)
    actions.leave(gone.key)
    with clock.at(NINE.replace(day=10)):
        assert state(missed)["over"]
    assert state(gone)["over"]
    assert DEAD in page(Client(), f"/so-thu-tu/{gone.key}/")


def test_only_the_call_interrupts_who_has_the_page_read_aloud(office: Office) -> None:
    assert 'data-ticket-words aria-live="polite"' in page(Client(), f"/so-thu-tu/{take(office).key}/")
