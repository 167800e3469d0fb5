"""A task from vague words to its acceptance, as the secretariat and an officer of a department live it."""

import re

from playwright.sync_api import FilePayload, Page, expect
from tests.browser.conftest import Enter

AGENCY = "Sở Khoa học và Công nghệ"
OFFICER = "Mạc Thùy Dương"
EVIDENCE = FilePayload(name="bien-ban.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7\n%%EOF\n")


def test_vague_words_are_seen_and_mended_the_work_is_done_returned_and_accepted(enter: Enter) -> None:
    secretariat, officer = enter("thuky"), enter("chuyenvien")
    write_vaguely(secretariat)
    see_what_is_vague(secretariat)
    mend_and_issue(secretariat)
    take_on_and_report(officer, secretariat.url)
    hand_in(officer, "Đã trình dự thảo quy chế.")
    send_back(secretariat)
    read_why_and_hand_in_again(officer)
    accept(secretariat)


def write_vaguely(page: Page) -> None:
    page.goto("/nhiem-vu/moi/")
    page.locator("#id_directive").select_option(index=2)
    page.locator("#id_title").fill("Sớm phối hợp các đơn vị liên quan hoàn thiện dữ liệu đất đai")
    page.locator("#id_result").fill("Nâng cao hiệu quả")


def see_what_is_vague(page: Page) -> None:
    expect(page.locator("#clarity-title")).to_contain_text("Sớm")
    expect(page.locator("#clarity-title")).to_contain_text("các đơn vị liên quan")
    expect(page.locator("#clarity-result li").first).to_be_visible()
    page.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(page.locator("#id_lead_unit")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_title")).to_have_value(re.compile("^Sớm phối hợp"))


def mend_and_issue(page: Page) -> None:
    page.locator("#id_title").fill("Ban hành quy chế dùng chung dữ liệu đất đai của thành phố")
    page.locator("#id_result").fill("01 quy chế dùng chung dữ liệu đất đai được ban hành")
    page.locator("#id_lead_unit").fill(AGENCY)
    page.locator("#id_lead_unit").press("Tab")
    page.locator("#id_lead_person").select_option(label=OFFICER)
    page.locator("#id_due_day").fill("15/10/2025")
    page.locator("#id_authority").fill("Giám đốc Sở quyết định nội dung, trình UBND thành phố ban hành")
    page.keyboard.press("Tab")
    expect(page.locator("#clarity-title li")).to_have_count(0)
    page.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(page.get_by_role("status")).to_contain_text(f"Đã giao nhiệm vụ cho {AGENCY}")


def take_on_and_report(page: Page, address: str) -> None:
    page.goto("/ban-lam-viec/")
    page.get_by_role("link", name="Ban hành quy chế dùng chung").first.click()
    expect(page).to_have_url(address)
    open_deed(page, "Tiếp nhận")
    page.get_by_role("button", name="Tiếp nhận nhiệm vụ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã tiếp nhận")
    open_deed(page, "Báo cáo tiến độ")
    page.locator("#bao-cao-percent").fill("60")
    page.locator("#bao-cao-words").fill("Đã lấy ý kiến 12 sở, ngành.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.locator(".task-standing")).to_contain_text("tiến độ 60 %")


def hand_in(page: Page, words: str) -> None:
    open_deed(page, "Nộp kết quả")
    page.locator("#nop-words").fill(words)
    page.locator("#nop-files").set_input_files(EVIDENCE)
    page.locator("form.ask").get_by_role("button", name="Nộp kết quả").click()
    expect(page.get_by_role("status")).to_contain_text("Đã nộp kết quả")
    expect(page.locator("ul.files").get_by_role("link", name=EVIDENCE["name"]).first).to_be_visible()


def send_back(page: Page) -> None:
    page.reload()
    open_deed(page, "Trả lại")
    page.locator("#tra-lai-note").fill("Chưa có chữ ký ban hành; hãy nộp bản đã ký.")
    page.get_by_role("button", name="Trả lại kết quả").click()
    expect(page.get_by_role("status")).to_contain_text("Đã trả lại")


def read_why_and_hand_in_again(page: Page) -> None:
    page.reload()
    expect(page.locator("main")).to_contain_text("Chưa có chữ ký ban hành; hãy nộp bản đã ký.")
    hand_in(page, "Nộp bản đã ký, số 15/2025/QĐ-UBND.")


def accept(page: Page) -> None:
    page.reload()
    open_deed(page, "Công nhận")
    page.get_by_role("button", name="Công nhận hoàn thành").click()
    expect(page.get_by_role("status")).to_contain_text("Đã công nhận")
    expect(page.locator(".task-standing")).to_contain_text("Hoàn thành đúng hạn")
    expect(page.locator("section.deeds summary", has_text="Trả lại")).to_have_count(0)


def open_deed(page: Page, name: str) -> None:
    page.locator("section.deeds summary").get_by_text(name, exact=True).click()
