"""No address that a stranger wrote leads out of the house."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client

from namro.organisation.terms import Role
from tests.builders import PASSWORD
from tests.house.place import Place

OUT = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example/",
    "https://testserver@evil.example/",
    "http://testserver.evil.example/",
    " //evil.example",
)


def stays(location: str) -> bool:
    """Whether a browser that follows it stays in the house."""
    parts = urlsplit(location.strip().replace("\\", "/").replace("\t", ""))
    return (
        parts.scheme in {"", "http"} and parts.netloc in {"", "testserver"} and not location.startswith("//")
    )


@pytest.mark.parametrize("way", ["field", "query"])
def test_signing_in_leads_home(here: Place, way: str) -> None:
    person = here.people[Role.OFFICER]
    for out in OUT:
        typed = {"username": person.username, "password": PASSWORD}
        path = "/dang-nhap/" + (f"?next={quote(out)}" if way == "query" else "")
        answer = Client().post(path, typed | ({"next": out} if way == "field" else {}))
        assert answer.status_code == 302, (out, answer.content[:500])
        assert stays(answer["Location"]), out


def test_who_is_signed_in_already_is_led_home_too(enter: Callable[[Role], Client]) -> None:
    for out in OUT:
        answer = enter(Role.OFFICER).get("/dang-nhap/", {"next": out})
        assert answer.status_code == 302
        assert stays(answer["Location"]), out


@pytest.mark.parametrize(
    "path, values",
    [
        ("/ngon-ngu/", {"language": "en"}),
        ("/giao-dien/nen-trang/", {"theme": "dark"}),
        ("/nhiem-vu/cung-luc/", {"verb": "accept"}),
        ("/canh-bao/cung-luc/", {"verb": "acknowledge"}),
        ("/thong-bao/da-doc/", {}),
        ("/dang-xuat/", {}),
    ],
)
def test_no_form_leads_out(enter: Callable[[Role], Client], path: str, values: dict[str, str]) -> None:
    for out in OUT:
        client = enter(Role.SECRETARIAT)
        answer = client.post(
            path, values | {"next": out}, headers={"referer": out if "\t" not in out else ""}
        )
        assert answer.status_code == 302, (path, out)
        assert stays(answer["Location"]), (path, out)


def test_a_stranger_who_asks_for_a_page_comes_back_to_it_and_nowhere_else(here: Place) -> None:
    answer = Client().get("//evil.example/nhiem-vu/")
    assert answer.status_code in (302, 404)
    assert stays(answer.get("Location", "/"))


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example"])
def test_another_name_in_the_address_bar_is_refused(here: Place, host: str) -> None:
    assert Client().get("/dang-nhap/", headers={"host": host}).status_code == 400
