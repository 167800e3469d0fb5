"""The wall by keys, and one's own board by dragging: what a page without scripts does by buttons."""

import re

from playwright.sync_api import Page, expect
from tests.browser.conftest import LAPTOP, PHONE, Enter

SHOWN = ".wall-group .chart-card:visible"


def where(page: Page) -> str:
    """Return which chart of which group the wall shows."""
    return page.locator("[data-wall-where]").inner_text()


def test_the_wall_shows_one_finding_a_screen_and_is_led_by_keys(enter: Enter) -> None:
    page = enter("thuky", LAPTOP, reduced_motion="reduce")
    page.goto("/trung-tam/tuong/")
    expect(page.locator(SHOWN)).to_have_count(1)
    first = where(page)
    page.keyboard.press("ArrowRight")
    assert where(page) != first
    page.keyboard.press("ArrowLeft")
    assert where(page) == first
    page.keyboard.press("ArrowDown")
    assert where(page).rpartition(" · ")[0] != first.rpartition(" · ")[0]
    page.keyboard.press("t")
    expect(page.locator(SHOWN)).to_have_count(page.locator(".wall-group .chart-card").count())


def test_who_wants_no_movement_gets_a_wall_at_rest_and_may_start_it(enter: Enter) -> None:
    page = enter("thuky", LAPTOP, reduced_motion="reduce")
    page.goto("/trung-tam/tuong/")
    pause = page.locator("[data-wall=pause]")
    expect(pause).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Space")
    expect(pause).to_have_attribute("aria-pressed", "false")


def test_a_phone_gets_the_whole_wall_as_a_page(enter: Enter) -> None:
    page = enter("thuky", PHONE)
    page.goto("/trung-tam/tuong/")
    expect(page.locator(SHOWN)).to_have_count(page.locator(".wall-group .chart-card").count())


def test_ones_own_board_is_ordered_by_dragging(enter: Enter) -> None:
    page = enter("trucioc")
    page.goto("/trung-tam/cua-toi/")
    for _ in range(2):
        page.get_by_role("button", name="Thêm vào bảng").click()
        page.get_by_role("status").filter(has_text="Đã đặt biểu đồ").wait_for()
    codes = _order(page)
    assert len(codes) == 2
    page.locator("[data-own]").nth(1).drag_to(page.locator("[data-own]").nth(0))
    expect(page.locator("[data-arrange-told]")).to_have_text(re.compile(r"\S"))
    page.reload()
    assert _order(page) == codes[::-1]


def _order(page: Page) -> list[str]:
    return [str(card.get_attribute("data-card")) for card in page.locator("[data-card]").all()]
