"""A door opens the rows that its number counts; of what is out of reach nothing is said, not even that it is empty."""

import re
from html import unescape
from uuid import uuid4

import pytest
from tests.dossiers.conftest import Hall
from tests.pages.citizens.conftest import hidden
from tests.pages.dossiers.conftest import Seat

from namro.dossiers import actions
from namro.dossiers.models import Dossier

LOAD = "/mot-cua/khoi-luong/"


def doors(text: str) -> dict[str, int]:
    """The doors to what runs with their numbers."""
    found = re.findall(r'href="(/mot-cua/\?[^"]*nhom=running[^"]*)"[^>]*>(\d+)<', text)
    return {unescape(url): int(number) for url, number in found}


def listed(text: str) -> int:
    """How many dossiers a list shows."""
    return text.count('<th scope="row"><a class="door"')


def test_each_door_of_the_workload_opens_as_many_as_it_counts(hall: Hall, seat: Seat) -> None:
    hall.received()
    for _ in range(2):
        hall.at_desk()
    held = hall.at_desk()
    actions.claim(held.pk, **hall.by("settler"))
    head = seat("head")
    counted = doors(head.get(LOAD).content.decode())
    assert sorted(counted.values()) == [1, 1, 2]
    for url, number in counted.items():
        assert listed(head.get(url).content.decode()) == number, url
    nobody = head.get(next(url for url, number in counted.items() if number == 2)).content.decode()
    assert "chưa ai nhận" in nobody
    assert 'name="nguoi" value="0"' in nobody


@pytest.mark.parametrize("path", ["/mot-cua/?don_vi=20320", f"{LOAD}?don_vi=20320"])
def test_another_unit_is_not_told_of_as_empty(hall: Hall, seat: Seat, path: str) -> None:
    assert seat("head").get(path).status_code == 404
    assert seat("inspector").get(path).status_code == 200
    assert seat("other_head").get(path).status_code == 200


def test_the_filter_stays_in_its_group_but_words_look_everywhere(hall: Hall, seat: Seat) -> None:
    row, clerk = hall.received(), seat("clerk")
    stood = hidden(clerk.get("/mot-cua/?nhom=late").content.decode(), "o_nhom")
    current = re.compile(r'aria-current="(?:page|true)"[^>]*>\s*([^<]+)')
    narrowed = clerk.get(f"/mot-cua/?q=&cach=online&o_nhom={stood}").content.decode()
    assert "Quá hạn, chưa xong" in [words.strip() for words in current.findall(narrowed)]
    assert str(row.code) in clerk.get(f"/mot-cua/?q=khai sinh&o_nhom={stood}").content.decode()


def test_beside_words_stand_no_counts_that_are_not_of_them(hall: Hall, seat: Seat) -> None:
    hall.filed()
    clerk = seat("clerk")
    assert "1 chờ tiếp nhận" in clerk.get("/mot-cua/").content.decode()
    found = clerk.get("/mot-cua/?q=khongco").content.decode()
    assert "chờ tiếp nhận" not in found.split("<h1")[1].split("</h1>")[0]
    assert "khongco" in found.split("<h1")[1].split("</h1>")[0]
    assert 'class="count"' not in found


def test_what_is_refused_in_handing_over_stays_as_it_was_typed(hall: Hall, seat: Seat) -> None:
    hall.at_desk()
    head = seat("head")
    text = head.get(LOAD).content.decode()
    said = {name: hidden(text, name) for name in ("client_id", "desk", "seen")} | {"holder": ""}
    sent = said | {"many": "0", "reason": "Người giữ nghỉ phép dài", "to": ""}
    answer = head.post(f"{LOAD}20200/giao-lai/", sent)
    assert answer.status_code == 422
    assert "Người giữ nghỉ phép dài" in answer.content.decode()
    moved = head.post(f"{LOAD}20200/giao-lai/", sent | {"many": "1", "seen": "7", "client_id": str(uuid4())})
    text = moved.content.decode()
    assert "vừa đổi" in text and "Người giữ nghỉ phép dài" in text and hidden(text, "seen") == "1"
    again = {"many": "1", "seen": "1", "to": str(hall.people["colleague"].pk), "client_id": str(uuid4())}
    assert head.post(f"{LOAD}20200/giao-lai/", sent | again).status_code == 302
    assert Dossier.objects.get().holder == hall.people["colleague"]
