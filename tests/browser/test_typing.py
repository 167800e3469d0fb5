"""What one types is not lost, and what one sends is written once."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.city import City
from tests.browser.conftest import Enter
from tests.browser.gaps import standing


@pytest.fixture
def task(enter: Enter, city: City) -> Page:
    """The page of a task that the officer has begun."""
    page = enter("chuyenvien")
    page.goto(f"/nhiem-vu/{standing(city)['begun']}/")
    return page


def test_what_was_typed_survives_a_reload_and_is_forgotten_once_taken(task: Page) -> None:
    open_report(task)
    task.locator("#bao-cao-words").fill("Đang chờ ý kiến của hai sở.")
    expect(task.locator(".draft-kept")).to_be_visible()
    task.once("dialog", lambda dialog: dialog.accept())
    task.reload()
    open_report(task)
    expect(task.locator("#bao-cao-words")).to_have_value("Đang chờ ý kiến của hai sở.")
    task.get_by_role("button", name="Gửi báo cáo").click()
    expect(task.get_by_role("status")).to_contain_text("Đã ghi báo cáo tiến độ")
    open_report(task)
    expect(task.locator("#bao-cao-words")).to_have_value("")


def test_two_clicks_write_once(task: Page, city: City) -> None:
    before = reports(city)
    open_report(task)
    task.locator("#bao-cao-words").fill("Bấm hai lần liền nhau.")
    task.get_by_role("button", name="Gửi báo cáo").dblclick(no_wait_after=True)
    expect(task.get_by_role("status")).to_contain_text("Đã ghi báo cáo tiến độ")
    assert reports(city) == before + 1


def test_the_same_form_sent_from_two_windows_writes_once(task: Page, city: City) -> None:
    before = reports(city)
    open_report(task)
    task.locator("#bao-cao-words").fill("Gửi từ hai cửa sổ.")
    form = task.locator('form[action$="/bao-cao/"]')
    fields = form.evaluate(
        "form => Object.fromEntries([...new FormData(form)].filter(([, value]) => !value.size))"
    )
    action = form.evaluate("form => form.action")
    for _ in range(2):
        answer = task.request.post(action, form=fields, headers={"Referer": task.url})
        assert answer.status == 200
    assert reports(city) == before + 1


def open_report(page: Page) -> None:
    page.locator("section.deeds summary").get_by_text("Báo cáo tiến độ", exact=True).click()


def reports(city: City) -> int:
    [(n,)] = city.ask("SELECT count(*) FROM tasks_progressreport")
    return int(str(n))
