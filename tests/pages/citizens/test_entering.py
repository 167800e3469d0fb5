"""Coming in from outside: only by the errand one was sent with, and apart from officers."""

from typing import Any

import pytest
from django.test import Client
from tests.dossiers.conftest import Hall
from tests.pages.citizens.conftest import MADE_UP, Enter

from namro.dossiers.models import Applicant
from namro.pages.citizens import session


def test_who_comes_twice_is_one_applicant(come_in: Enter) -> None:
    before = Applicant.objects.count()
    for _ in range(2):
        assert "Lò Thị Mơ" in come_in().get("/ho-so-cua-toi/").content.decode()
    assert Applicant.objects.count() == before


def test_the_sandbox_says_that_it_is_one(hall: Hall) -> None:
    client = Client()
    assert "định danh thử" in client.get("/cong-dan/vao/").content.decode()
    there = client.get("/cong-dan/vao/?di=1").headers["Location"]
    assert "Nó tin mọi điều được gõ" in client.get(there).content.decode()
    refused = client.post(there, MADE_UP | {"number": "12"})
    assert refused.status_code == 422
    assert "không đúng dạng" in refused.content.decode()


def test_a_word_that_was_made_for_another_browser_is_not_taken(hall: Hall) -> None:
    theirs, mine = Client(), Client()
    back = theirs.post(theirs.get("/cong-dan/vao/?di=1").headers["Location"], MADE_UP).headers["Location"]
    assert mine.get(back).headers["Location"] == "/cong-dan/vao/"
    mine.get("/cong-dan/vao/?di=1")
    assert mine.get(back).headers["Location"] == "/cong-dan/vao/"
    assert mine.get("/ho-so-cua-toi/").status_code == 302
    assert theirs.get(back).headers["Location"] == "/ho-so-cua-toi/"
    assert theirs.get(back).headers["Location"] == "/cong-dan/vao/"  # once


def test_one_is_led_back_to_where_one_wanted_to_go_but_nowhere_else(hall: Hall) -> None:
    client = Client()
    assert (
        client.get("/nop-ho-so/1.000001/").headers["Location"]
        == "/cong-dan/vao/?next=%2Fnop-ho-so%2F1.000001%2F"
    )
    there = client.get("/cong-dan/vao/?di=1&next=https://example.org/").headers["Location"]
    back = client.post(there, MADE_UP).headers["Location"]
    assert client.get(back).headers["Location"] == "/ho-so-cua-toi/"


def test_a_phone_that_is_handed_on_forgets(come_in: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    client = come_in()
    kept = client.get("/ho-so-cua-toi/")
    assert "no-store" in kept.headers["Cache-Control"]
    assert client.get("/cong-dan/ra/").status_code == 405
    client.post("/cong-dan/ra/")
    assert client.get("/ho-so-cua-toi/").status_code == 302
    client = come_in()
    monkeypatch.setattr(session, "IDLE_SECONDS", -1)
    assert client.get("/ho-so-cua-toi/").status_code == 302


def test_a_place_without_identities_says_so_and_lets_nobody_in(hall: Hall, settings: Any) -> None:
    settings.NAMRO_CITIZEN_SANDBOX = False
    assert "chưa nối hệ thống định danh" in Client().get("/cong-dan/vao/").content.decode()
    for path in ("/cong-dan/vao/?di=1", "/dinh-danh-thu/"):
        assert Client().get(path).status_code == 404
