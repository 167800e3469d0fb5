"""A number that is given at a counter reaches whom it was given to: it is said, with the page to print it from."""

import json
import re
from uuid import uuid4

import pytest
from django.test import Client
from tests.pages.queues.test_pages import HERE, entered, page
from tests.queues.counter_work import take

from namro.organisation.models import Person
from namro.pages.queues import desk
from namro.queues.models import Counter, Office, Ticket

DESK = f"{HERE}/quay/1/"


@pytest.mark.usefixtures("counters")
def test_a_number_given_at_the_counter_is_said_with_its_page(clerk: Person) -> None:
    client = entered(clerk)
    said = {"verb": "issue", "id": str(uuid4()), "service": "dat_dai"}  # which this counter does not take
    client.post(DESK, said)
    [ticket] = Ticket.objects.all()
    shown = page(client, DESK)
    assert re.search(rf'Đã lấy số C001\. <a href="/so-thu-tu/{ticket.key}/"[^>]*>Mở phiếu để in</a>', shown)
    assert "C001" in page(Client(), f"/so-thu-tu/{ticket.key}/")
    assert "Đã lấy số C001." not in page(client, DESK)  # once


@pytest.mark.usefixtures("counters")
def test_the_script_of_the_counter_hears_the_page_of_a_number_and_of_no_other_act(
    office: Office, clerk: Person
) -> None:
    waiting = take(office)
    acts = [
        {"id": str(uuid4()), "verb": "issue", "service": "ho_tich"},
        {"id": str(uuid4()), "verb": "next", "ticket": str(waiting.client_id)},
        {"id": str(uuid4()), "verb": "issue", "service": "khong_co"},
    ]
    body = json.dumps({"acts": acts})
    answer = entered(clerk).post(f"{DESK}dong-bo/", body, content_type="application/json")
    given = Ticket.objects.get(number="B001")
    assert [each["page"] for each in answer.json()["outcomes"]] == [f"/so-thu-tu/{given.key}/", "", ""]


def test_a_long_line_says_how_many_it_does_not_list(
    office: Office, counters: list[Counter], clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST_LISTED", 2)
    for _ in range(5):
        take(office)
    shown = page(entered(clerk), DESK)
    assert "và 3 số nữa" in shown
    assert "<b>A003</b>" not in shown
