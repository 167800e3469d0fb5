"""One running demo city for all tests of a browser; people who have come in, each at their own device."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect
from tests.browser.city import City, running_city
from tests.browser.watching import Watch

PATIENCE = 60_000  # milliseconds; a busy machine may take long, and nothing here is measured
expect.set_options(timeout=PATIENCE)
DOOR = re.compile("/dang-nhap/")
LAPTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

Open = Callable[..., BrowserContext]
Enter = Callable[..., Page]


@pytest.fixture(scope="session")
def city() -> Iterator[City]:
    """The demo, started once."""
    with running_city() as city:
        yield city


@pytest.fixture(scope="session")
def open_browser(city: City, browser: Browser, browser_context_args: dict[str, Any]) -> Open:
    """Open a browser of its own (cookies, cache) on the city."""

    def open_one(**more: Any) -> BrowserContext:
        context = browser.new_context(**(browser_context_args | {"base_url": city.url} | more))
        context.set_default_timeout(PATIENCE)
        return context

    return open_one


@pytest.fixture
def meet(city: City, open_browser: Open) -> Iterator[Enter]:
    """Open a device on the city; whatever goes wrong unseen on one of its pages fails the test."""
    watch, opened = Watch(city.url), []

    def open_device(device: dict[str, Any] = LAPTOP, **more: Any) -> Page:
        opened.append(open_browser(**device, **more))
        watch.over(opened[-1])
        return opened[-1].new_page()

    yield open_device
    for context in opened:
        context.close()
    assert watch.faults == []


@pytest.fixture(scope="session")
def seats(city: City, open_browser: Open) -> Callable[[str], StorageState]:
    """The cookies of a person who has signed in, by user name; each signs in once."""
    kept: dict[str, StorageState] = {}

    def cookies(who: str) -> StorageState:
        if who not in kept:
            context = open_browser()
            page = context.new_page()
            sign_in(page, who, city.password)
            expect(page).not_to_have_url(DOOR)  # else every later test would stand before it
            kept[who] = context.storage_state()
            context.close()
        return kept[who]

    return cookies


@pytest.fixture
def enter(meet: Enter, seats: Callable[[str], StorageState]) -> Enter:
    """Open a device at which a person has signed in."""

    def come_in(who: str, device: dict[str, Any] = LAPTOP, **more: Any) -> Page:
        return meet(device, storage_state=seats(who), **more)

    return come_in


def sign_in(page: Page, who: str, password: str) -> None:
    """Type name and password at the door."""
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(who)
    page.get_by_label("Mật khẩu").fill(password)
    page.locator("form.entry button").click()
    page.wait_for_load_state()
