"""A morning at a one-stop desk: a citizen with a phone and a clerk at a counter, who goes on when the line is cut."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.city import City
from tests.browser.conftest import LAPTOP, PHONE, Enter

WARD = "20200"
COUNTER = f"/hang-doi/{WARD}/quay/4/"
KEY = "SELECT o.key FROM queues_office o JOIN organisation_unit u ON u.id = o.unit_id WHERE u.code = %s"
MOMENTS = """
    SELECT t.number, m.verb, count(*)::int FROM queues_ticketmoment m JOIN queues_ticket t ON t.id = m.ticket_id
    JOIN queues_counter c ON c.id = m.counter_id AND c.number = 4 WHERE NOT t.is_synthetic
    GROUP BY t.number, m.verb
"""
GIVEN = "SELECT count(*)::int FROM queues_ticket WHERE channel = 'desk' AND NOT is_synthetic"
NUMBER = re.compile(r"^[A-E]\d{3}$")
CUT = "Mất kết nối. Quầy vẫn làm việc được"


@pytest.fixture
def key(city: City) -> str:
    """What the kiosk of the ward shows."""
    [(found,)] = city.ask(KEY, WARD)
    return str(found)


def test_a_number_is_taken_called_served_and_the_counter_goes_on_without_a_line(
    city: City, meet: Enter, enter: Enter, key: str
) -> None:
    citizen, clerk, board = meet(PHONE), enter("motcua"), meet(LAPTOP)
    open_counter(clerk)
    first, second, third = (take_a_number(citizen, key) for _ in range(3))
    board.goto(f"/bang-goi/{WARD}/")
    call_and_see_it_everywhere(clerk, board, citizen, first)
    clerk.context.set_offline(True)
    served = work_without_a_line(clerk)
    assert served[:2] == [second, third]
    clerk.context.set_offline(False)
    expect(clerk.locator("[data-queue-line]")).to_contain_text("gửi bù xong")
    expect(clerk.locator("[data-queue-refusals] p")).to_have_count(0)
    expect(clerk.get_by_role("button", name="Gọi số tiếp theo")).to_be_visible()
    come_back_after_a_power_cut(clerk)
    give_a_number_once(city, clerk)
    stay_where_one_works(clerk)
    miss_and_let_in_again(clerk, meet(PHONE), key)
    told = {(number, verb): n for number, verb, n in city.ask(MOMENTS)}
    assert {told[number, verb] for number in served for verb in ("call", "finish")} == {1}
    clerk.get_by_role("button", name="Đóng quầy").click()
    expect(clerk.locator(".queue-now h1")).to_have_text("Quầy đang đóng")


def come_back_after_a_power_cut(page: Page) -> None:
    """The machine is started anew while the line is down: the page opens, and what was pressed is not lost."""
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.reload()
    page.context.set_offline(True)
    expect(page.locator("[data-queue-line]")).to_contain_text(CUT)
    page.get_by_role("button", name="Lấy số").click()
    expect(page.locator("[data-queue-line]")).to_contain_text("Việc chờ gửi: 1")
    page.reload()
    expect(page.locator("[data-queue-line]")).to_contain_text("Việc chờ gửi: 1")
    expect(page.get_by_role("button", name="Gọi số tiếp theo")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-queue-line]")).to_contain_text("gửi bù xong")
    expect(page.locator("[data-queue-refusals] p")).to_have_count(0)


def open_counter(page: Page) -> None:
    page.goto(COUNTER)
    page.get_by_role("button", name="Mở quầy").click()
    expect(page.get_by_role("button", name="Gọi số tiếp theo")).to_be_visible()


def take_a_number(page: Page, key: str) -> str:
    """Take a number for land, which of the open counters only this one takes; return it."""
    page.goto(f"/lay-so/{WARD}/?ma={key}")
    page.get_by_role("button", name=re.compile("Đất đai")).tap()
    page.wait_for_url("**/so-thu-tu/*/")
    number = page.locator(".queue-number").inner_text()
    assert NUMBER.match(number)
    return number


def call_and_see_it_everywhere(clerk: Page, board: Page, citizen: Page, number: str) -> None:
    """The clerk calls; the board and the counter show it, and the last number's holder hears that it is near."""
    clerk.get_by_role("button", name="Gọi số tiếp theo").click()
    expect(clerk.locator(".queue-now h1")).to_have_text(number)
    expect(board.locator(".queue-called b", has_text=number)).to_be_visible()
    expect(citizen.locator("[data-ticket-words]")).to_contain_text("Sắp đến lượt")
    clerk.get_by_role("button", name="Người dân đã đến").click()
    expect(clerk.get_by_role("button", name="Người dân đã đến")).to_have_count(0)


def work_without_a_line(page: Page) -> list[str]:
    """Finish whoever is there, serve two more and one who comes in; return the numbers that were called meanwhile."""
    expect(page.locator("[data-queue-line]")).to_contain_text(CUT)
    page.get_by_role("button", name="Xong", exact=True).click()
    called = [serve_next(page), serve_next(page)]
    page.get_by_label("Nhóm việc").select_option("dat_dai")
    page.get_by_role("button", name="Lấy số", exact=True).click()
    expect(page.locator("[data-waiting] b", has_text="4-01")).to_be_visible()
    return [*called, serve_next(page)]


def give_a_number_once(city: City, page: Page) -> None:
    """A double click gives one number; it is said, with the page to print it from."""
    before = city.ask(GIVEN)
    page.get_by_label("Nhóm việc").select_option("chung_thuc")
    page.get_by_role("button", name="Lấy số", exact=True).dblclick()
    expect(page.locator("[data-queue-line]")).to_contain_text(re.compile(r"Đã lấy số A\d{3}\."))
    expect(page.get_by_role("link", name="Mở phiếu để in")).to_have_attribute(
        "href", re.compile("/so-thu-tu/")
    )
    beat(page)
    assert city.ask(GIVEN) == [(before[0][0] + 1,)]


def stay_where_one_works(page: Page) -> None:
    """Nothing new draws nothing anew: the keyboard stays on its button; what is pressed leads to what came of it."""
    page.get_by_label("Ưu tiên").select_option(index=1)
    page.get_by_role("button", name="Gọi số tiếp theo").focus()
    page.evaluate("document.activeElement.dataset.kept = 'yes'")
    beat(page)
    beat(page)
    expect(page.locator("button[data-kept]")).to_be_focused()
    assert page.get_by_label("Ưu tiên").input_value()


def beat(page: Page) -> None:
    """Wait until the counter has asked once more."""
    with page.expect_response(lambda answer: answer.url.endswith("/dong-bo/")):
        pass


def miss_and_let_in_again(clerk: Page, citizen: Page, key: str) -> None:
    """Who is called and not there hears it, wished for or not, and is called again without touching the phone."""
    number = take_a_number(citizen, key)
    wish = citizen.locator("[data-ticket-sound]")
    for pressed in ("true", "false", "true"):
        wish.tap()
        expect(wish).to_have_attribute("aria-pressed", pressed)
    words = citizen.locator("[data-ticket-words]")
    clerk.get_by_role("button", name=f"Gọi {number}").press("Enter")
    expect(clerk.locator(".queue-now h1")).to_have_text(number)
    expect(clerk.locator(".queue-now h1")).to_be_focused()
    expect(words).to_contain_text(f"Mời số {number}")
    expect(words).to_have_attribute("aria-live", "assertive")
    clerk.get_by_role("button", name="Gọi không thấy").click()
    expect(words).to_contain_text("gọi mà không thấy")
    clerk.get_by_role("button", name=f"Đã đến, cho chờ lại {number}").click()
    expect(words).to_contain_text("Sắp đến lượt")
    expect(words).to_have_attribute("aria-live", "polite")
    expect(wish).to_have_attribute("aria-pressed", "true")  # the page was never loaded anew
    clerk.get_by_role("button", name=f"Gọi {number}").click()
    expect(words).to_contain_text(f"Mời số {number}")
    clerk.get_by_role("button", name="Xong", exact=True).click()
    expect(clerk.get_by_role("button", name="Gọi số tiếp theo")).to_be_visible()


def serve_next(page: Page) -> str:
    page.get_by_role("button", name="Gọi số tiếp theo").click()
    page.get_by_role("button", name="Người dân đã đến").click()
    number = page.locator(".queue-now h1").inner_text()
    page.get_by_role("button", name="Xong", exact=True).click()
    expect(page.get_by_role("button", name="Gọi số tiếp theo")).to_be_visible()
    return number


def test_a_board_left_on_overnight_shows_the_code_of_the_new_day(meet: Enter) -> None:
    page = meet(LAPTOP)
    page.goto(f"/bang-goi/{WARD}/")
    tomorrow = {"day": "2099-01-01", "called": [], "coming": [], "waiting": 0, "counters": 0}
    with page.expect_event("load"):
        page.route("**/trang-thai/", lambda route: route.fulfill(json=tomorrow), times=1)
    expect(page.locator("[data-board-waiting]")).to_be_visible()


def test_a_board_that_loses_its_line_says_so_and_finds_it_again(meet: Enter) -> None:
    page = meet(LAPTOP)
    page.goto(f"/bang-goi/{WARD}/")
    page.context.set_offline(True)
    expect(page.locator("[data-board-line]")).to_contain_text("Mất kết nối từ")
    page.context.set_offline(False)
    expect(page.locator("[data-board-line]")).to_be_hidden()
