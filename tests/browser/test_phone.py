"""A commune's officer with a phone in one hand: the desk, a report by thumb, a form whose numbers do not add up."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.city import City
from tests.browser.conftest import PHONE, Enter
from tests.browser.watching import hanging_over

LEAST = 24  # WCAG 2.2, 2.5.8: the side of a target, in CSS pixels
SMALL = """(least) => [...document.querySelectorAll("a, button, summary, input, select, textarea")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest("p, li > p, .unseen, .skip"))
  .map((each) => [each.labels && each.type === "checkbox" ? each.labels[0] || each : each, each])
  .filter(([target]) => { const box = target.getBoundingClientRect();
    return box.width > 1 && (box.width < least || box.height < least); })
  .map(([, each]) => each.outerHTML.slice(0, 160))"""
OWES = """
    SELECT u.code FROM organisation_unit u JOIN tasks_task t ON t.lead_unit_id = u.id AND t.stage = 'in_progress'
    JOIN organisation_person p ON p.id = t.lead_person_id AND p.username = 'xp-' || u.code
    WHERE NOT EXISTS (SELECT 1 FROM sources_submission s
      WHERE s.unit_id = u.id AND s.form = 'ho_so_cap_xa' AND s.period = '2025-06')
    ORDER BY u.code LIMIT 1
"""
LAST = """
    SELECT (values ->> 'trang_tong')::int, replace(values ->> 'met_tong', '.', ',')
    FROM sources_submission s JOIN organisation_unit u ON u.id = s.unit_id
    WHERE u.code = %s AND s.form = 'ho_so_cap_xa' AND s.period = '2025-05' ORDER BY version DESC LIMIT 1
"""
SENT = """
    SELECT version, values ->> 'trang_chua'
    FROM sources_submission s JOIN organisation_unit u ON u.id = s.unit_id
    WHERE u.code = %s AND s.form = 'ho_so_cap_xa' AND s.period = '2025-06' ORDER BY version
"""


@pytest.fixture
def commune(city: City) -> str:
    """The code of a commune that has work in hand and has not sent its form for June."""
    [(code,)] = city.ask(OWES)
    return str(code)


def test_the_desk_opens_and_a_report_is_sent_with_the_thumb(enter: Enter, commune: str) -> None:
    page = enter(f"xp-{commune}", PHONE)
    page.goto("/ban-lam-viec/")
    fits_a_thumb(page)
    page.get_by_role("region", name="Việc bạn giữ").locator(".what a").first.tap()
    page.wait_for_url("**/nhiem-vu/*/")
    fits_a_thumb(page)
    page.locator("section.deeds summary").get_by_text("Báo cáo tiến độ", exact=True).tap()
    page.locator("#bao-cao-percent").fill("75")
    page.locator("#bao-cao-words").fill("Đã làm xong phần việc ở thôn.")
    fits_a_thumb(page)
    page.get_by_role("button", name="Gửi báo cáo").tap()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi báo cáo tiến độ")
    expect(page.locator(".task-standing")).to_contain_text("tiến độ 75 %")


def test_a_number_that_does_not_add_up_is_told_kept_and_corrected(
    enter: Enter, commune: str, city: City
) -> None:
    page = enter(f"xp-{commune}", PHONE)
    page.goto("/ban-lam-viec/")
    page.get_by_role("region", name="Biểu phải nộp").get_by_role("link", name="số hóa").first.tap()
    page.wait_for_url(f"**/bieu-bao-cao/ho_so_cap_xa/2025-06/{commune}/")
    [(total, metres)] = city.ask(LAST, commune)
    fill(page, met_tong=metres, met_chinh_ly="1", trang_tong=str(total), trang_da=str(total - 3000))
    fill(page, trang_dang="2000", trang_chua="0")
    expect(page.locator("#doi-chieu .notice-finding")).to_contain_text("1.000")
    fits_a_thumb(page)
    page.get_by_role("button", name="Gửi", exact=True).tap()
    expect(page.get_by_role("status")).to_contain_text("Còn 1 chỗ chưa khớp")
    correct(page)
    assert city.ask(SENT, commune) == [(1, "0"), (2, "1000")]


def correct(page: Page) -> None:
    page.get_by_role("link", name="Đính chính").tap()
    fill(page, trang_chua="1000")
    expect(page.locator("#doi-chieu")).to_contain_text("Các số khớp nhau")
    page.get_by_role("button", name="Gửi bản đính chính").tap()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi bản 2; các bản trước vẫn được giữ.")


def fill(page: Page, **boxes: str) -> None:
    for code, value in boxes.items():
        page.locator(f"#id_o-{code}").fill(value)


def fits_a_thumb(page: Page) -> None:
    """Nothing hangs over the edge, nothing that is to be hit is smaller than a fingertip."""
    assert hanging_over(page) == []
    assert page.evaluate(SMALL, LEAST) == []
