"""A ward's task goes late: its officer is urged, nobody answers, it climbs; the lead takes it on by a day, the work is
handed in and accepted, the alert closes, and the log explains every message."""

import re

from playwright.sync_api import Page, expect
from tests.browser.city import City
from tests.browser.conftest import Enter
from tests.browser.days import give_out, judge
from tests.browser.test_life_of_a_task import hand_in, open_deed

TITLE = "Rà soát danh sách hộ gia đình chưa có tài khoản định danh"
# Three working days before it is due, on the day, late, and three working days after the lead has heard of it.
URGED, DUE, LATE, TODAY = "2025-07-01", "2025-07-04", "2025-07-07", "2025-07-09"


def test_a_late_task_climbs_until_somebody_answers_and_the_log_says_why(enter: Enter, city: City) -> None:
    code = give_out(city, TITLE)
    judge(city, URGED, DUE, LATE, TODAY)
    officer, lead, secretariat = enter("xaphuong"), enter("lanhdaophuong"), enter("thuky")
    meet_the_urging(officer, code)
    take_it_on(lead, code)
    see_who_has_it(secretariat, code)
    do_the_work(officer, code)
    accept(secretariat, code)
    judge(city, TODAY)
    find_it_closed_with_every_message_explained(secretariat, city, code)


def meet_the_urging(page: Page, code: str) -> None:
    page.goto("/ban-lam-viec/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("quá hạn")
    expect(page.locator("main")).to_contain_text("Cảnh báo về việc của bạn")
    page.goto(f"/nhiem-vu/{code}/")
    expect(page.locator("section:has(#alerts-title)")).to_contain_text("Đôn đốc người phụ trách")
    expect(page.locator("section:has(#alerts-title)")).to_contain_text("Chưa ai trả lời.")


def take_it_on(page: Page, code: str) -> None:
    """It climbed to the lead, who meets it on the desk and says until when."""
    page.goto("/ban-lam-viec/")
    pile = page.locator(
        "section", has=page.get_by_role("heading", name=re.compile("^Đôn đốc chờ bạn trả lời"))
    )
    expect(pile).to_contain_text("Lãnh đạo đơn vị")
    expect(pile).to_contain_text(code)
    page.goto(f"/canh-bao/?q={code}")
    page.get_by_role("link", name=f"{code} {TITLE}").first.click()
    open_deed(page, "Nhận xử lý")
    page.locator("#nhan-deadline").fill("15/07/2025")
    page.locator("#nhan-note").fill("Phường bố trí thêm hai người, xong trước 15/07.")
    page.locator("form.ask").get_by_role("button", name="Nhận xử lý").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi người nhận")
    expect(page.locator(".task-standing")).to_contain_text("Trịnh Uyên Khuê nhận, hẹn 15/07/2025")


def see_who_has_it(page: Page, code: str) -> None:
    """The operators no longer have it among what calls; every urge has its answer."""
    page.goto(f"/canh-bao/?q={code}&loai=task_overdue")
    expect(page.locator("main")).to_contain_text("Không có cảnh báo nào khớp")
    page.goto(f"/canh-bao/?q={code}&xem=da-nhan")
    expect(page.locator("[data-alert]").first).to_contain_text("hẹn 15/07/2025")
    page.goto(f"/nhiem-vu/{code}/")
    expect(page.locator("section:has(#alerts-title)")).not_to_contain_text("Chưa ai trả lời.")


def do_the_work(page: Page, code: str) -> None:
    page.goto(f"/nhiem-vu/{code}/")
    open_deed(page, "Tiếp nhận")
    page.get_by_role("button", name="Tiếp nhận nhiệm vụ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã tiếp nhận")
    hand_in(page, "Đã rà soát 1.204 hộ, danh sách kèm theo.")


def accept(page: Page, code: str) -> None:
    page.goto(f"/nhiem-vu/{code}/")
    open_deed(page, "Công nhận")
    page.get_by_role("button", name="Công nhận hoàn thành").click()
    expect(page.locator(".task-standing")).to_contain_text("Hoàn thành quá hạn")


def find_it_closed_with_every_message_explained(page: Page, city: City, code: str) -> None:
    [(alert,)] = city.ask(
        "SELECT a.id FROM alerts_alert a JOIN alerts_rule r ON r.id = a.rule_id "
        "WHERE a.object_key = %s AND r.code = 'qua_han'", f"task:{code}"
    )  # fmt: skip
    page.goto(f"/canh-bao/{alert}/")
    expect(page.locator(".task-standing")).to_contain_text("Đã đóng")
    expect(page.locator(".task-standing")).to_contain_text("Điều kiện không còn")
    log = page.locator("section:has(#log-title)")
    told = city.ask(
        "SELECT p.full_name, t.reason FROM delivery_told t JOIN organisation_person p ON p.id = t.person_id "
        "WHERE t.topic IN (SELECT 'alert:' || id FROM alerts_alert WHERE object_key = %s)", f"task:{code}"
    )  # fmt: skip
    assert {"Kiều Đức Toàn", "Trịnh Uyên Khuê"} <= {str(name) for name, _reason in told}
    for name, reason in told:
        line = log.locator("li", has_text=str(name)).filter(has_text=str(reason))
        expect(line.first).to_be_visible()
    history = page.locator("section:has(#history-title)")
    for words in ("Mở ở mức", "Nhận xử lý", "Cảnh báo hết"):
        expect(history).to_contain_text(words)
