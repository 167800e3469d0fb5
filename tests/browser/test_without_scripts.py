"""Where scripts are off, everything that matters still works: read, find, report, send a form, read a report."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.city import City
from tests.browser.conftest import Enter
from tests.browser.gaps import standing


@pytest.fixture
def plain(enter: Enter) -> Page:
    """A browser without scripts, of the officer of a department."""
    return enter("chuyenvien", java_script_enabled=False)


def test_one_reads_and_finds_without_marks(plain: Page) -> None:
    plain.goto("/")
    expect(plain.locator(".map-drawing svg").first).to_be_visible()
    plain.locator("#find").fill("du lieu")
    plain.locator("#find").press("Enter")
    expect(plain.locator("#danh-sach tbody tr").first).to_be_visible()
    plain.locator("#danh-sach tbody a.door").first.click()
    expect(plain.locator("ul.clears li")).to_have_count(5)


def test_one_reports_on_a_task(plain: Page, city: City) -> None:
    plain.goto(f"/nhiem-vu/{standing(city)['begun']}/")
    plain.locator("section.deeds summary").get_by_text("Báo cáo tiến độ", exact=True).click()
    plain.locator("#bao-cao-words").fill("Viết khi trình duyệt tắt JavaScript.")
    plain.get_by_role("button", name="Gửi báo cáo").click()
    expect(plain.get_by_role("status")).to_contain_text("Đã ghi báo cáo tiến độ")
    expect(plain.locator("ul.reports")).to_contain_text("Viết khi trình duyệt tắt JavaScript.")


def test_vague_words_are_told_on_asking(enter: Enter) -> None:
    page = enter("thuky", java_script_enabled=False)
    page.goto("/nhiem-vu/moi/")
    page.locator("#id_title").fill("Kịp thời triển khai các nội dung liên quan")
    page.get_by_role("button", name="Kiểm tra độ rõ").click()
    expect(page.locator("#clarity-title")).to_contain_text("Kịp thời")
    expect(page.locator("#id_title")).to_have_value("Kịp thời triển khai các nội dung liên quan")


def test_one_corrects_a_form_and_keeps_what_was_sent(enter: Enter) -> None:
    page = enter("xaphuong", java_script_enabled=False)
    page.goto("/bieu-bao-cao/ho_so_cap_xa/2025-05/20200/?sua=1")
    page.locator("#id_o-vuong_mac").fill("Thiếu máy quét khổ lớn.")
    page.get_by_role("button", name="Gửi bản đính chính").click()
    expect(page.get_by_role("status")).to_contain_text("các bản trước vẫn được giữ")
    expect(page.locator("table.reading")).to_contain_text("Thiếu máy quét khổ lớn.")


def test_the_report_stands_with_its_finding(enter: Enter) -> None:
    page = enter("thuky", java_script_enabled=False)
    page.goto("/bao-cao/conference/")
    expect(page.locator(".paper-finding").first).to_contain_text("10.000 trang")
