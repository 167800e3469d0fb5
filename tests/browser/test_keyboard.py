"""With the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Enter


@pytest.fixture
def home(enter: Enter) -> Page:
    """The first page, as a member of the secretariat opens it."""
    page = enter("thuky")
    page.goto("/")
    return page


def test_the_first_tab_leads_past_the_navigation(home: Page) -> None:
    home.keyboard.press("Tab")
    expect(home.locator("a.skip")).to_be_focused()
    expect(home.locator("a.skip")).to_be_in_viewport()
    home.keyboard.press("Enter")
    expect(home.locator("main")).to_be_focused()
    home.keyboard.press("Tab")
    assert home.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_slash_finds(home: Page) -> None:
    home.keyboard.press("/")
    expect(home.locator("#find")).to_be_focused()
    home.keyboard.type("tieng co tu")
    home.keyboard.press("Enter")
    expect(home.get_by_role("heading", level=1)).to_contain_text("khớp với “tieng co tu”")
    expect(home.locator("#danh-sach tbody")).to_contain_text("Cơ Tu")


def test_a_menu_opens_and_closes_and_the_focus_comes_back(home: Page) -> None:
    summary = home.locator(".bar details.menu summary")
    summary.focus()
    home.keyboard.press("Enter")
    expect(home.get_by_role("button", name="Đăng xuất")).to_be_visible()
    home.keyboard.press("Escape")
    expect(home.get_by_role("button", name="Đăng xuất")).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_deed_is_done_without_a_mouse(enter: Enter) -> None:
    page = enter("bandidao")
    page.goto("/ban-lam-viec/")
    page.get_by_role("region", name="Chờ bạn quyết định gia hạn").locator(".what a").first.focus()
    page.keyboard.press("Enter")
    summary = page.locator("section.deeds summary").get_by_text("Không gia hạn", exact=True)
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Còn đủ thời gian, hãy tập trung người.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã trả lời không gia hạn")


def test_alerts_are_worked_through_by_keys(enter: Enter) -> None:
    page = enter("trucioc")
    page.goto("/canh-bao/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-alert].is-here a")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.locator("[data-picked]")).to_have_text("đã chọn 1")
    page.keyboard.press("a")
    expect(page.get_by_label("Hẹn xong ngày")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#id_tim")).to_be_focused()
