"""A source is added without programming: by an operator at a desk, gone on with by the administrator on a phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect
from tests.browser.city import City
from tests.browser.conftest import PHONE, Enter
from tests.browser.test_every_page import look_over

NAME = "Chất lượng nước sạch"
HEAD = "Ngày lấy mẫu,Mã xã,Điểm lấy mẫu,Clo dư,Số CCCD người lấy"
ROWS = [f"0{1 + n % 8}/07/2025,20194,N{n:02},{'x' if n == 7 else n / 40},0482000000{n:02}" for n in range(30)]
SHEET = FilePayload(name="nuoc.csv", mimeType="text/csv", buffer="\n".join([HEAD, *ROWS, ""]).encode())
CHECKED = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def pages(enter: Enter, city: City) -> Iterator[list[str]]:
    """The pages that were found unreadable in either theme, at a desk or on a phone; there should be none."""
    faults: list[str] = []
    yield faults
    assert faults == []


def test_from_a_file_to_its_first_rows(enter: Enter, pages: list[str]) -> None:
    operator = enter("trucioc")
    begin(operator)
    send_a_sample(operator, pages)
    look_at_the_columns(operator, pages)
    see_what_would_land(operator, pages)
    administrator = enter("quantri", PHONE)
    go_on(administrator)
    say_who_answers(administrator)
    declare(administrator, pages)
    take_the_contract_away(operator)


def begin(page: Page) -> None:
    page.goto("/nguon/")
    page.get_by_role("link", name="Thêm nguồn").click()
    page.get_by_label("Tên nguồn").fill(NAME)
    page.get_by_role("radio", name=re.compile("^Tải tệp lên")).check()
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lấy mẫu")


def send_a_sample(page: Page, faults: list[str]) -> None:
    page.locator("input[type=file]").set_input_files(
        FilePayload(name="a.csv", mimeType="text/csv", buffer=b"%PDF-1.7\n")
    )
    page.get_by_role("button", name="Gửi tệp mẫu").click()
    expect(page.locator(".errorlist")).to_contain_text("không phải là bảng số liệu")
    page.locator("input[type=file]").set_input_files(SHEET)
    page.get_by_role("button", name="Gửi tệp mẫu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã lấy mẫu 30 dòng")
    expect(page.locator("main")).not_to_contain_text("048200000")
    look(page, faults)
    page.get_by_role("link", name="Tiếp: ghép cột").click()


def look_at_the_columns(page: Page, faults: list[str]) -> None:
    expect(page.get_by_label("Cột nào là ngày của dòng?")).to_have_value("Ngày lấy mẫu")
    expect(page.get_by_label("Cột nào cho biết đơn vị?")).to_have_value("Mã xã")
    expect(page.locator("main")).to_contain_text("nhận ra đủ 1 đơn vị")
    chlorine = page.get_by_role("group", name="Clo dư")
    expect(chlorine.get_by_label("Kiểu")).to_have_value("decimal")
    expect(page.get_by_role("group", name="Số CCCD").get_by_label("Dữ liệu cá nhân")).to_have_value("hash")
    chlorine.get_by_text("Đơn vị đo và giới hạn").click()
    chlorine.get_by_label("Đơn vị đo").fill("mg/l")
    chlorine.get_by_label("Thấp nhất").fill("9")
    chlorine.get_by_label("Cao nhất").fill("5")
    page.get_by_role("button", name="Lưu và kiểm tra").click()
    expect(chlorine.locator(".errorlist")).to_contain_text("mức thấp nhất lớn hơn")
    expect(chlorine.get_by_label("Đơn vị đo")).to_have_value("mg/l")
    look(page, faults)
    chlorine.get_by_label("Thấp nhất").fill("0")
    page.get_by_role("button", name="Lưu và kiểm tra").click()


def see_what_would_land(page: Page, faults: list[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("29 trên 30 dòng sẽ được nhận")
    expect(page.locator("main")).to_contain_text("«x» không phải là số")
    look(page, faults)
    page.get_by_role("button", name="Tiếp: trách nhiệm").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ai chịu trách nhiệm")


def go_on(page: Page) -> None:
    page.goto("/nguon/")
    page.get_by_role("link", name="bản nháp đang làm dở").tap()
    page.get_by_role("link", name=NAME, exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ai chịu trách nhiệm")


def say_who_answers(page: Page) -> None:
    page.get_by_role("button", name="Lưu và xem lại").tap()
    expect(page.locator("#id_owner")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Cơ quan quản lý số liệu").fill("so khoa hoc va cong nghe")
    page.get_by_label("Chức vụ trả lời").fill("Trưởng phòng Kỹ thuật")
    page.get_by_label("Nhóm dịch vụ").select_option(index=1)
    page.get_by_label("Số liệu này để").fill("Quyết định xả, sục đường ống.")
    page.get_by_label("Căn cứ").fill("chưa xác minh")
    page.get_by_role("button", name="Lưu và xem lại").tap()


def declare(page: Page, faults: list[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xem lại rồi khai báo")
    look(page, faults)
    page.get_by_role("button", name="Khai báo và nạp lần đầu").tap()
    expect(page.get_by_role("status")).to_contain_text("Đã nhận 29 dòng, giữ lại 1 dòng")


def take_the_contract_away(page: Page) -> None:
    page.goto("/nguon/")
    page.get_by_role("link", name=NAME, exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải tệp hợp đồng").click()
    text = taken.value.path().read_text(encoding="utf-8")
    assert "code: chat_luong_nuoc_sach" in text
    assert "personal: hash" in text


def look(page: Page, faults: list[str]) -> None:
    """Read the page in both themes, at a desk and on a phone, and leave its window as it was."""
    size = page.viewport_size
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(CHECKED["viewport"])
    faults += [f"{page.url} {what}: {found}" for what, found in look_over(page) if found]
    page.emulate_media(color_scheme="light")
    assert size is not None
    page.set_viewport_size(size)
