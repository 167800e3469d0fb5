"""A number is a door: behind it stand exactly the rows that were counted, also as of a day that has passed."""

from playwright.sync_api import Page, expect
from tests.browser.conftest import Enter

ROWS = "#danh-sach tbody tr"


def test_the_secretariat_opens_the_32_of_75_and_finds_exactly_these(enter: Enter) -> None:
    page = enter("thuky")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("32 trong 75 nhiệm vụ")
    tallies = page.get_by_label("Tổng hợp theo cấp giao")
    tallies.locator(".figure-number a", has_text="32").click()
    expect(page.locator("ul.tabs a[aria-current]")).to_contain_text("32")
    assert len(all_rows(page)) == 32


def test_the_day_one_looks_at_is_kept_from_page_to_page(enter: Enter) -> None:
    page = enter("thuky")
    page.goto("/?ngay=2025-05-31")
    told = page.get_by_text("Đang xem như ngày 31/05/2025.")
    expect(told).to_be_visible()
    number = page.locator(".figure-number a").first
    counted = int(number.inner_text())
    number.click()
    expect(told).to_be_visible()
    assert len(all_rows(page)) == counted
    page.locator(f"{ROWS} a").first.click()
    expect(told).to_be_visible()
    page.locator("ol.crumbs a").first.click()
    expect(told).to_be_visible()
    page.get_by_role("link", name="Về hôm nay").click()
    expect(told).to_be_hidden()


def all_rows(page: Page) -> set[str]:
    """Turn the pages of the list to its end; returns the addresses of its tasks."""
    found: set[str] = set()
    while True:
        page.wait_for_load_state()
        links = page.locator(f"{ROWS} a.door").evaluate_all("all => all.map((each) => each.pathname)")
        assert not found & set(links)
        found |= set(links)
        further = page.locator("a[rel=next]")
        if not further.count():
            return found
        further.click()
        page.wait_for_url("**sau=**")
