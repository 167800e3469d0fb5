"""What the office's page counts opens the same numbers; the key of the hall leaves the address; a chosen hour stays."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from tests.pages.queues.test_pages import HERE, entered, page
from tests.queues.conftest import NINE
from tests.queues.counter_work import call, take

from namro.ground import clock
from namro.organisation.models import Person
from namro.pages.queues import office as office_page
from namro.queues import actions, queries
from namro.queues.models import Counter, Office, Ticket

DAY = timedelta(days=1)


def numbers_of(client: Client, path: str) -> int:
    """How many numbers a list shows, over all its pages."""
    shown = page(client, unescape(path))
    found = shown.count('<tr><th scope="row">')
    after = re.search(r'rel="next" href="([^"]+)"', shown)
    return found + (numbers_of(client, after[1]) if after else 0)


def door(shown: str, pattern: str) -> str:
    """The address of the one door of a page that looks so."""
    [found] = re.findall(pattern, shown)
    return str(found)


@pytest.mark.usefixtures("counters")
def test_who_waits_today_is_not_who_was_left_waiting_before(office: Office, clerk: Person) -> None:
    take(office)
    with clock.at(NINE + DAY):
        take(office), take(office)
        client = entered(clerk)
        there = door(page(client, f"{HERE}/"), r'class="door" href="([^"]+waiting[^"]*)">2<')
        assert numbers_of(client, there) == 2


def test_the_coverage_opens_its_own_thirty_days_and_says_whom_it_cannot_count(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    actions.seed_history(office, NINE.date() - 60 * DAY, NINE.date() - DAY)
    Ticket.objects.filter(pk__in=Ticket.objects.values("pk")[:5]).update(is_calibrated=True, called_at=None)
    gone, here = take(office), take(office)
    actions.leave(gone.key)
    left_waiting = take(office)
    Ticket.objects.filter(pk=left_waiting.pk).update(day=NINE.date() - DAY, serial=9999, number="A999")
    call(counters[0], clerk)
    take(office)  # still waits: the wait may yet come true
    overall = queries.coverage(office, NINE.date())[0]
    client = entered(clerk)
    shown = page(client, f"{HERE}/")
    assert numbers_of(client, door(shown, r'href="([^"]+\?ngoai=1[^"]*)"')) == overall.all - overall.inside
    [june] = [each for each in queries.months_of(office, NINE.date()) if each["month"].month == 6]
    assert numbers_of(client, door(shown, r'href="([^"]+\?tu=2025-06-01[^"]*)"')) == june["n"] > 1000
    assert here.is_calibrated
    assert "Không tính được 2 số đã báo khoảng chờ mà chưa được gọi" in shown
    listed = door(shown, r'href="([^"]+\?chua_goi=1[^"]*)"')
    assert numbers_of(client, listed) == 2
    assert "chưa được gọi" in page(client, unescape(listed))


@pytest.mark.usefixtures("counters")
def test_each_wait_says_what_it_is_founded_on_where_that_differs(
    office: Office, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = entered(clerk)
    assert page(client, f"{HERE}/").count("Chưa đủ lịch sử để hiệu chỉnh") == 1
    said = iter(["lời thứ nhất", "lời thứ hai", "lời thứ hai"])
    monkeypatch.setattr(office_page, "basis_words", lambda *_: next(said))
    shown = page(client, f"{HERE}/")
    assert (shown.count("lời thứ nhất<"), shown.count("lời thứ hai<")) == (1, 2)


def test_a_day_that_does_not_exist_is_told_and_shows_no_others(office: Office, clerk: Person) -> None:
    take(office)
    client = entered(clerk)
    assert numbers_of(client, f"{HERE}/so/?ngay=09/07/2025&tu=01/07/2025") == 1
    for wrong in ("ngay=31/02/2025", "tu=hom-qua", "ngay=0"):
        assert numbers_of(client, f"{HERE}/so/?{wrong}") == 0
    shown = page(client, f"{HERE}/so/?ngay=31/02/2025")
    assert "Ngày 31/02/2025 không có trong lịch" in shown
    assert 'value="31/02/2025"' in shown


def test_the_key_of_the_hall_leaves_the_address_of_its_screen(office: Office) -> None:
    screen = Client()
    answer = screen.get(f"/bang-goi/20194/?ma={office.key}")
    assert (answer.status_code, answer["Location"]) == (302, "/bang-goi/20194/")
    assert "data:image/svg" in page(screen, "/bang-goi/20194/")
    with clock.at(NINE + 200 * DAY):
        assert "data:image/svg" in page(screen, "/bang-goi/20194/")
    for stranger in (Client(), passed_by(office)):
        assert "data:image/svg" not in page(stranger, "/bang-goi/20194/?ma=12345678")


def passed_by(office: Office) -> Client:
    """A phone that read the code of yesterday."""
    phone = Client()
    with clock.at(NINE - DAY):
        phone.get(f"/bang-goi/20194/?ma={actions.code_of_day(office)}")
    return phone


@pytest.mark.usefixtures("office")
def test_a_refused_telephone_number_does_not_undo_the_chosen_hour() -> None:
    said = {
        "service": "ho_tich",
        "day": "2025-07-10",
        "slot": "570",
        "phone": "12",
        "client_id": str(uuid4()),
    }
    answer = Client().post("/dat-hen/20194/", said)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'value="570" required checked', shown)
    assert shown.count(" checked>") == 1
    # The sentence is read out with the field it is about.
    assert 'aria-describedby="dt-hint loi" aria-invalid="true"' in shown
    assert 'id="loi"' in shown
    assert not Ticket.objects.exists()
