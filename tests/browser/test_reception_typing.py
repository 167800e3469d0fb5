"""At reception nobody's name stands beside another's number: what came with a number goes with it. No city is needed:
the script works on the fields of the page, and is told who is known."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

SCRIPT = Path(__file__).parents[2] / "src/namro/static/js/receive.js"
KNOWN = {"001": {"name": "Lò Thị Mơ", "phone": "0901"}, "003": {"name": "Giàng A Sử", "phone": "0903"}}
FORM = """
<form data-known="/ai/" data-known-words="đã có" data-new-words="mới">
<input name="csrfmiddlewaretoken" value="x"><input name="kind" value="citizen"><input name="number">
<input name="name"><input name="phone"><p data-known-line></p></form>
"""


@pytest.fixture
def desk(page: Page) -> Page:
    """The fields of reception; the numbers 001 and 003 are known."""

    def answer(route: Route) -> None:
        sent = route.request.post_data or ""
        said = next((KNOWN[number] for number in KNOWN if f"\r\n{number}\r\n" in sent), {})
        route.fulfill(content_type="application/json", body=json.dumps(said))

    page.route("http://ban.thu/ai/", answer)
    page.route(
        "http://ban.thu/", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=FORM)
    )
    page.goto("http://ban.thu/")
    page.add_script_tag(content=SCRIPT.read_text())
    return page


def type_number(page: Page, number: str) -> None:
    page.locator("[name=number]").fill(number)
    page.locator("[name=number]").press("Tab")


def test_a_corrected_number_takes_the_first_persons_name_along(desk: Page) -> None:
    name, phone = desk.locator("[name=name]"), desk.locator("[name=phone]")
    type_number(desk, "001")
    expect(name).to_have_value("Lò Thị Mơ")
    type_number(desk, "002")
    expect(desk.locator("[data-known-line]")).to_have_text("mới")
    expect(name).to_have_value("")
    expect(phone).to_have_value("")
    type_number(desk, "001")
    expect(phone).to_have_value("0901")
    type_number(desk, "003")
    expect(name).to_have_value("Giàng A Sử")
    expect(phone).to_have_value("0903")


def test_what_was_typed_by_hand_stays(desk: Page) -> None:
    desk.locator("[name=phone]").fill("0999")
    type_number(desk, "001")
    expect(desk.locator("[name=name]")).to_have_value("Lò Thị Mơ")
    expect(desk.locator("[name=phone]")).to_have_value("0999")
