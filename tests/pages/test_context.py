"""The frame of every page: the ways a person may follow, and the day they lead to."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.builders import World
from tests.pages.reading import text_of

from namro.organisation.terms import Role

Enter = Callable[[Role], Client]


def ways(client: Client, url: str) -> dict[str, str]:
    """Return the navigation of a page: name to address."""
    return {item["name"]: item["url"] for item in client.get(url).context["nav"]}


def test_only_ways_that_may_be_followed_are_shown(world: World, signed_in: Enter) -> None:
    assert "administration" not in ways(signed_in(Role.OFFICER), "/don-vi/")
    assert "audit" in ways(signed_in(Role.INSPECTOR), "/don-vi/")
    assert {"audit", "administration"} <= set(ways(signed_in(Role.ADMINISTRATOR), "/don-vi/"))


def test_a_past_day_goes_along(world: World, signed_in: Enter) -> None:
    shown = ways(signed_in(Role.OFFICER), "/don-vi/?ngay=2025-07-02")
    assert shown["league"] == "/xep-hang/?ngay=2025-07-02"
    assert shown["desk"] == "/ban-lam-viec/"
    assert ways(signed_in(Role.OFFICER), "/don-vi/?ngay=2025-07-09")["league"] == "/xep-hang/"


@pytest.mark.parametrize(
    ("url", "name"), [("/", "home"), ("/don-vi/20194/", "units"), ("/xep-hang/", "league")]
)
def test_the_way_one_is_on_is_marked(world: World, signed_in: Enter, url: str, name: str) -> None:
    nav = signed_in(Role.OFFICER).get(url).context["nav"]
    assert [item["name"] for item in nav if item["current"]] == [name]


def test_a_page_that_is_not_there_still_has_its_frame(world: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.OFFICER), "/khong-co/", 404)
    assert "Không có trang này" in page
    assert 'class="nav"' in page
