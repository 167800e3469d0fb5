"""The page of components: open to all, clean of inline styles and scripts; light and dark; pages for refusals."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from namro.pages.look import refusals

REFUSALS = ("400", "403", "404", "500", "csrf")


@pytest.fixture
def shown(db: None) -> str:
    answer = Client().get("/giao-dien/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_is_inline_that_the_policy_refuses(shown: str) -> None:
    assert " style=" not in shown
    assert "<style" not in shown
    assert not re.search(r"\son\w+=", shown)
    for script in re.findall(r"<script[^>]*>", shown):
        assert "src=" in script or 'type="application/json"' in script


def test_the_page_stays_light(shown: str) -> None:
    assert len(shown.encode()) < 150_000


def test_sample_data_is_marked(shown: str) -> None:
    assert "Mọi tên gọi và con số ở đây là mẫu" in shown


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_a_chosen_theme_is_kept_and_shown(chosen: str) -> None:
    client = Client()
    answer = client.post("/giao-dien/nen-trang/", {"theme": chosen, "next": "/giao-dien/"})
    assert answer["Location"] == "/giao-dien/"
    assert f'data-theme="{chosen}"' in client.get("/giao-dien/").content.decode()


@pytest.mark.django_db
def test_auto_forgets_the_theme() -> None:
    client = Client()
    client.post("/giao-dien/nen-trang/", {"theme": "dark"})
    client.post("/giao-dien/nen-trang/", {"theme": "auto"})
    assert "data-theme" not in client.get("/giao-dien/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_the_choice_never_leads_elsewhere(elsewhere: str) -> None:
    answer = Client().post("/giao-dien/nen-trang/", {"theme": "dark", "next": elsewhere})
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_a_made_up_theme_is_not_written_into_the_page() -> None:
    client = Client()
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/giao-dien/").content.decode()


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals_are_drawn_without_a_request(name: str) -> None:
    assert "<h1>" in render_to_string(f"errors/{name}.html")


def test_a_fault_of_ours_asks_nothing_of_the_database() -> None:
    answer = refusals.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/giao-dien/nen-trang/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Trang mở quá lâu" in answer.content.decode()
