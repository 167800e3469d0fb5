"""Every page, by somebody who may see it: readable by all in light and dark, at a desk and on a phone; ours alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pytest
from django.urls import resolve
from playwright.sync_api import BrowserContext, Page, StorageState
from tests.browser.city import City
from tests.browser.conftest import LAPTOP, PHONE, Open
from tests.browser.gaps import (
    invited,
    received,
    said,
    send_catalogue,
    send_report,
    send_sheet,
    standing,
    write_draft,
)
from tests.browser.walk import FILES, NOT_FOR_BROWSERS, PAGES, POST_ONLY, Way
from tests.browser.watching import LATER_ROWS, Watch, hanging_over, violations
from tests.house.building import routes

MOST_BYTES = 150 * 1024
# Rows for the evaluation set come from editors; a new place has none.
EMPTY_AT_FIRST = {"opinions_export"}
OPEN_ALL = (
    """() => document.querySelectorAll("main details:not(.menu)").forEach((each) => (each.open = true))"""
)
BYTES = """() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .reduce((sum, each) => sum + each.transferSize, 0)"""


@pytest.fixture(scope="module")
def gaps(city: City, open_browser: Open, seats: Callable[[str], StorageState]) -> dict[str, Any]:
    """What fills the gaps in the addresses: what the city holds, and a draft and a sheet of the secretariat."""
    context = open_browser(storage_state=seats("thuky"), **LAPTOP)
    page = context.new_page()
    draft = write_draft(page)
    [(directive,)] = city.ask("SELECT directive_id FROM tasks_task WHERE code = %s", draft)
    made = {"draft": draft, "directive": directive, "batch": send_sheet(page)}
    made["procedure_import"] = send_catalogue(page)
    context.close()
    ward = open_browser(storage_state=seats("xaphuong"), **LAPTOP)
    tab = ward.new_page()
    made["sent_report"] = send_report(tab, city)
    made |= invited(tab, city) | said(tab, city)
    ward.close()
    desk = open_browser(storage_state=seats("motcua"), **LAPTOP)
    made |= received(desk.new_page(), city)
    desk.close()
    return standing(city) | made


@dataclass
class Walker:
    """A person in a browser, who goes from page to page in one tab, and what is seen amiss on the way."""

    page: Page
    watch: Watch

    @property
    def context(self) -> BrowserContext:
        """The browser: its cookies, its cache."""
        return self.page.context


Walkers = Callable[[str], Walker]


@pytest.fixture(scope="module")
def walkers(city: City, open_browser: Open, seats: Callable[[str], StorageState]) -> Iterator[Walkers]:
    """A browser a person, which has seen a page before and so holds what all pages share.

    One tab for all pages: what axe needs is compiled once (a third of the walk's time otherwise).
    """
    open_now: dict[str, Walker] = {}

    def walker(who: str) -> Walker:
        if who not in open_now:
            cookies = {"storage_state": seats(who)} if who else {}
            context = open_browser(**cookies, **LAPTOP)
            open_now[who] = Walker(context.new_page(), Watch(city.url))
            open_now[who].watch.over(context)
            open_now[who].page.goto("/giao-dien/")
        return open_now[who]

    yield walker
    for each in open_now.values():
        each.context.close()


@pytest.mark.parametrize("way", PAGES, ids=str)
def test_a_page_is_readable_light_and_our_own(way: Way, gaps: dict[str, Any], walkers: Walkers) -> None:
    page, watch = at_a_desk(walkers(way.who))
    answer = page.goto(way.path.format(**gaps), wait_until="load")
    assert answer is not None
    assert answer.status == 200
    sent = page.evaluate(BYTES)
    seen = {
        "bytes": sent if sent > MOST_BYTES else 0,
        **dict(look_over(page)),
        "faults": list(watch.faults),
    }
    assert {what: found for what, found in seen.items() if found} == {}


def at_a_desk(walker: Walker) -> tuple[Page, Watch]:
    """Return the walker's page, left by the last one, as a desk sees it in the light; and an empty list of faults."""
    walker.page.goto("about:blank")
    walker.page.emulate_media(color_scheme="light")
    walker.page.set_viewport_size(LAPTOP["viewport"])
    walker.watch.faults.clear()
    return walker.page, walker.watch


def look_over(page: Page) -> Iterator[tuple[str, list[Any]]]:
    """Read the page as it comes at a desk in the light, then with everything opened on a phone in the dark: the
    colours of a theme are the same at both."""
    yield "desk hangs over", hanging_over(page)
    yield "desk, light", violations(page, without=LATER_ROWS)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE["viewport"])
    page.evaluate(OPEN_ALL)
    yield "phone hangs over", hanging_over(page)
    yield "phone, dark", violations(page, without=LATER_ROWS)


@pytest.mark.parametrize("way", FILES, ids=str)
def test_a_file_comes(way: Way, gaps: dict[str, Any], walkers: Walkers) -> None:
    answer = walkers(way.who).context.request.get(way.path.format(**gaps))
    assert answer.status == 200
    assert answer.body() or way.route in EMPTY_AT_FIRST


@pytest.mark.parametrize("way", POST_ONLY, ids=str)
def test_what_changes_something_is_not_done_by_a_link(
    way: Way, gaps: dict[str, Any], walkers: Walkers
) -> None:
    assert walkers(way.who).context.request.get(way.path.format(**gaps)).status == 405


@pytest.mark.parametrize("status", NOT_FOR_BROWSERS)
def test_what_is_not_for_browsers_says_so(status: int, gaps: dict[str, Any], walkers: Walkers) -> None:
    for way in NOT_FOR_BROWSERS[status]:
        assert walkers(way.who).context.request.get(way.path.format(**gaps)).status == status, way


def test_every_way_into_the_house_is_walked(gaps: dict[str, Any]) -> None:
    walked = [*PAGES, *FILES, *POST_ONLY, *chain.from_iterable(NOT_FOR_BROWSERS.values())]
    assert {way.route for way in walked} == {route.name for route in routes()}
    for way in walked:
        assert resolve(way.path.format(**gaps).partition("?")[0]).url_name == way.route
