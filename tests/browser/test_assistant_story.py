"""A conversation in a browser: a citizen asks as people do and goes on from the answer; an officer asks about tasks."""

import re
import time
import urllib.request

import pytest
from playwright.sync_api import expect
from tests.browser.city import SECONDS, City
from tests.browser.conftest import PHONE, Enter


@pytest.fixture(autouse=True)
def prepared(city: City) -> None:
    """Wait for the index, which the worker makes after the load and the page says is being made."""
    until = time.monotonic() + SECONDS
    while "đang được chuẩn bị" in _page(city):
        assert time.monotonic() < until, "no index was made"
        time.sleep(0.5)


def _page(city: City) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{city.port}/hoi-dap/", timeout=60) as answer:
        return str(answer.read().decode())


def test_a_citizen_holds_a_conversation(meet: Enter) -> None:
    page = meet(PHONE)
    page.goto("/hoi-dap/")
    expect(page.get_by_text("không phải cán bộ")).to_be_visible()
    box = page.locator("#id_words")
    box.fill("mất căn cước làm lại sao, bao nhiêu tiền")
    box.press("Enter")
    last = page.locator("#cuoi")
    expect(last.locator(".answer-title")).to_contain_text(re.compile("Cấp lại thẻ căn cước"))
    expect(last.locator(".told").first).to_contain_text("đồng")
    expect(last.locator(".sources a").first).to_have_attribute("href", re.compile(r"/thu-tuc/[\d.]+/"))
    title = last.locator(".answer-title").inner_text()

    box.fill("còn nếu nộp online?")
    box.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#cuoi .answer-title")).to_have_text(title)
    expect(page.locator("#cuoi")).to_contain_text("Nộp trực tuyến")

    box.fill("mai thời tiết thế nào")
    box.press("Enter")
    expect(page.locator("#cuoi .notice-words")).to_contain_text("thủ tục hành chính")
    page.reload()
    expect(page.locator(".turn")).to_have_count(3)
    page.get_by_role("button", name="Xóa cuộc trò chuyện này").click()
    expect(page.locator(".turn")).to_have_count(0)


def test_who_asks_where_says_which_commune_and_is_shown_its_desk(meet: Enter) -> None:
    page = meet(PHONE)
    page.goto("/hoi-dap/")
    box = page.locator("#id_words")
    box.fill("dang ky khai sinh nop o dau")
    box.press("Enter")
    expect(page.locator("#cuoi .asks")).to_contain_text("xã, phường nào")
    box.fill("toi o hoa khanh")
    box.press("Enter")
    expect(page.locator("#cuoi")).to_contain_text("Bộ phận một cửa Phường Hòa Khánh, giờ làm việc 07:30")
    page.locator("#cuoi .sources a[href='/dat-hen/20200/']").click()
    expect(page).to_have_url(re.compile("/dat-hen/20200/"))


def test_without_scripts_the_same_conversation_is_held(meet: Enter) -> None:
    page = meet(java_script_enabled=False)
    page.goto("/hoi-dap/")
    page.locator("#id_words").fill("dang ky tam tru can giay to gi")
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(page.locator("#cuoi")).to_contain_text("tạm trú")
    expect(page.locator("#cuoi .sources li")).not_to_have_count(0)


def test_an_officer_asks_about_tasks(enter: Enter) -> None:
    page = enter("thuky")
    page.goto("/hoi-dap/can-bo/")
    page.locator("#id_words").fill("có nhiệm vụ nào quá hạn không")
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(page.locator("#cuoi .told").first).to_contain_text("nhiệm vụ quá hạn tính đến")
    page.locator("#cuoi .sources a").click()
    expect(page).to_have_url(re.compile(r"/nhiem-vu/\?trang_thai=overdue"))


def test_a_citizen_reads_what_the_city_says_and_where_a_ward_went(meet: Enter) -> None:
    page = meet(PHONE)
    page.goto("/hoi-dap/")
    box = page.locator("#id_words")
    box.fill("nop ho so o phuong khac co duoc khong")
    box.press("Enter")
    expect(page.locator("#cuoi .told").first).to_contain_text("không phụ thuộc địa giới hành chính")
    expect(page.locator("#cuoi .sources")).to_contain_text("118/2025/NĐ-CP")
    box.fill("hồ sơ của tôi tới đâu rồi")
    box.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    page.locator("#cuoi").get_by_role("link", name="Mở trang để làm").click()
    expect(page).to_have_url(re.compile(r"/tra-cuu/$"))
    page.goto("/hoi-dap/")
    box.fill("phường Hòa Khánh Bắc nay thuộc phường nào")
    box.press("Enter")
    expect(page.locator("#cuoi .told").first).to_contain_text("nhập vào Phường Liên Chiểu")


def test_an_officer_asks_for_a_figure(enter: Enter) -> None:
    page = enter("thuky")
    page.goto("/hoi-dap/can-bo/")
    page.locator("#id_words").fill("tỷ lệ hoàn thành đúng hạn của phường Hòa Khánh")
    page.get_by_role("button", name="Hỏi", exact=True).click()
    told = page.locator("#cuoi .told").first
    expect(told).to_contain_text(re.compile(r"Phường Hòa Khánh, ngày 09/07/2025: \d+,\d\s% \(\d+/\d+\)"))
    page.locator("#cuoi .sources a").first.click()
    expect(page).to_have_url(re.compile(r"/chi-so/nhiem_vu_dung_han/"))
