"""A whole dossier, as a citizen on a phone, the ward's clerk and its officer live it: filed, received, supplemented,
decided, fetched, rated; nobody types a mark."""

import re

from playwright.sync_api import FilePayload, Page, expect
from tests.browser.conftest import PHONE, Enter

PROCEDURE = "1.001193"
PAPER = FilePayload(name="giay-chung-sinh.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7\n%%EOF\n")
HIDDEN = FilePayload(name="to-khai.pdf", mimeType="application/pdf", buffer=b"MZ\x90\x00")
RESULT = FilePayload(name="trich-luc.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7\n% ket qua\n%%EOF\n")


def test_a_dossier_from_the_phone_to_the_result_and_back(meet: Enter, enter: Enter) -> None:
    citizen, clerk, officer = meet(PHONE), enter("motcua"), enter("xaphuong")
    say_who_one_is(citizen)
    code = file_with_papers(citizen)
    receive(clerk, code)
    ask_for_more(officer, code)
    answer(citizen, code)
    settle(officer, code)
    fetch_and_rate(citizen, code)
    followed_by_anybody(meet(PHONE), code)


def say_who_one_is(page: Page) -> None:
    page.goto(f"/thu-tuc/{PROCEDURE}/")
    page.get_by_role("link", name="Nộp trực tuyến").click()
    page.get_by_role("link", name="Định danh thử").click()
    page.locator("#id_number").fill("999199000777")
    page.locator("#id_name").fill("Vi Thị Thử")
    page.get_by_role("button", name="Định danh", exact=True).click()
    expect(page.locator(".citizen-who")).to_contain_text("Vi Thị Thử")


def file_with_papers(page: Page) -> str:
    """File, with a file that is not what its name says refused on the way; return the code."""
    page.locator("#id_unit").fill("hoa khanh")
    page.locator("#id_phone").fill("0905000777")
    page.get_by_role("button", name="Lưu và tới phần giấy tờ").click()
    first = page.locator(".paper-list > li").first
    first.locator("summary").click()
    first.locator("input[type=file]").set_input_files(HIDDEN)
    expect(first.get_by_role("alert")).to_contain_text("không thuộc loại được nhận")
    first.locator("input[type=file]").set_input_files(PAPER)
    expect(first).to_contain_text("đã có tệp")
    page.locator("#id_agree").check()
    page.get_by_role("button", name="Nộp hồ sơ", exact=True).click()
    expect(page.locator(".slip-qr")).to_be_visible()
    return page.locator(".slip-code").inner_text().strip()


def receive(page: Page, code: str) -> None:
    """A scanner types the code and Enter; two presses more and the dossier is at its first desk."""
    page.goto("/mot-cua/")
    page.locator("#id_q").fill(code)
    page.locator("#id_q").press("Enter")
    expect(page).to_have_url(re.compile(f"/mot-cua/ho-so/{code}/"))
    page.get_by_role("button", name="Tiếp nhận, hẹn ngày trả").click()
    expect(page.get_by_role("status")).to_contain_text("ngày hẹn đã ghi trên phiếu")
    page.get_by_role("button", name="Giấy tờ đủ, chuyển xử lý").click()
    expect(page.get_by_role("status")).to_contain_text("bàn xử lý đầu tiên")


def ask_for_more(page: Page, code: str) -> None:
    page.goto(f"/mot-cua/ho-so/{code}/")
    page.get_by_role("button", name="Nhận xử lý").click()
    expect(page.get_by_role("status")).to_contain_text("do bạn xử lý")
    page.locator("section.deeds summary").get_by_text("Yêu cầu bổ sung", exact=True).click()
    page.locator("#yeu-cau-bo-sung-words").fill("Giấy chứng sinh mờ, xin gửi bản rõ hơn.")
    page.get_by_role("button", name="Gửi yêu cầu bổ sung").click()
    expect(page.get_by_role("status")).to_contain_text("đồng hồ dừng")


def answer(page: Page, code: str) -> None:
    page.goto(f"/ho-so-cua-toi/{code}/")
    expect(page.locator("main")).to_contain_text("xin gửi bản rõ hơn")
    first = page.locator(".paper-list > li").first
    first.locator("summary").click()
    first.locator("input[type=file]").set_input_files(PAPER)
    expect(first.locator(".paper-file")).to_have_count(2)
    page.get_by_role("button", name="Gửi bổ sung").click()
    expect(page.get_by_role("status")).to_contain_text("đồng hồ chạy tiếp")


def settle(page: Page, code: str) -> None:
    page.goto(f"/mot-cua/ho-so/{code}/")
    page.locator("section.deeds summary").get_by_text("Chuyển bước sau", exact=True).click()
    page.locator("form.ask").get_by_role("button", name="Chuyển bước sau").click()
    expect(page.get_by_role("status")).to_contain_text("sang bước sau")
    page.locator("section.deeds summary").get_by_text("Quyết định", exact=True).click()
    page.locator("#quyet-dinh-result").set_input_files(RESULT)
    page.get_by_role("button", name="Đồng ý, ra kết quả").click()
    expect(page.locator("main")).to_contain_text("Chữ ký thử, không có giá trị pháp lý")


def fetch_and_rate(page: Page, code: str) -> None:
    page.goto(f"/ho-so-cua-toi/{code}/")
    page.get_by_role("button", name="Nhận kết quả").click()
    expect(page.get_by_role("status")).to_contain_text("Đã nhận kết quả")
    with page.expect_download() as taken:
        page.get_by_role("link", name=RESULT["name"]).click()
    assert taken.value.path().read_bytes() == RESULT["buffer"]
    page.get_by_label("Rất tốt").check()
    page.get_by_label("Hài lòng", exact=True).check()
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.locator("main")).to_contain_text("Bạn đã đánh giá 5/5")


def followed_by_anybody(page: Page, code: str) -> None:
    page.goto("/tra-cuu/")
    page.locator("#id_ma").fill(code.lower())
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.locator("h1")).to_contain_text("Đã trả kết quả")
    expect(page.locator("main")).not_to_contain_text("Vi Thị Thử")
