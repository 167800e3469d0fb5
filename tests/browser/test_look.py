"""The page of components in a real browser: readable by all, light and dark, desk and phone; its small scripts."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, expect

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desk": {"width": 1440, "height": 1000}, "phone": {"width": 390, "height": 844}}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def look(live_server: Any, page: Page) -> Page:
    """The page, opened; an error of a script or a refusal of the policy fails the test."""
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("console", lambda line: pytest.fail(line.text) if line.type == "error" else None)
    page.goto(f"{live_server.url}/giao-dien/")
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_nothing_hangs_over(
    live_server: Any, browser: Browser, size: str, theme: Any
) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/giao-dien/")
    page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    context.close()


def test_the_theme_changes_at_once_and_stays(look: Page) -> None:
    look.locator("details.menu summary").first.click()
    look.locator('form.theme button[value="dark"]').click()
    expect(look.locator("html")).to_have_attribute("data-theme", "dark")
    look.reload()
    expect(look.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_draft_survives_and_a_form_is_sent_once(look: Page) -> None:
    form = look.locator('form[data-draft="look"]')
    form.locator('[name="title"]').fill("Hợp nhất cơ sở dữ liệu")
    expect(form.locator(".draft-kept")).to_be_visible()
    name = form.locator('[name="client_id"]').input_value()
    assert len(name) == 36
    look.evaluate("window.onbeforeunload = null")
    look.once("dialog", lambda dialog: dialog.accept())
    look.reload()
    expect(form.locator('[name="title"]')).to_have_value("Hợp nhất cơ sở dữ liệu")
    expect(form.locator('[name="client_id"]')).to_have_value(name)


def test_the_second_click_sends_nothing(look: Page) -> None:
    sent = look.evaluate(
        """() => {
          const form = document.querySelector('form[data-draft="look"]');
          form.noValidate = true;
          let sent = 0;
          document.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) sent += 1;
            event.preventDefault();
          });
          form.requestSubmit();
          form.requestSubmit();
          return sent;
        }"""
    )
    assert sent == 1


def test_a_chart_comes_alive_only_when_asked(look: Page) -> None:
    figure = look.locator('figure[data-chart="trend"]')
    assert not look.evaluate("Boolean(window.echarts)")
    figure.locator("[data-chart-live]").click()
    expect(figure.locator(".chart-live svg")).to_be_visible()
    expect(figure.locator(".chart-drawing")).to_be_hidden()


def test_a_map_comes_alive_only_when_asked(look: Page) -> None:
    figure = look.locator('figure[data-map="sample"]')
    expect(figure.locator(".map-live")).to_be_hidden()
    with look.expect_response("**/giao-dien/ban-do-mau.json"):
        figure.locator("[data-map-live]").click()
    expect(figure.locator("[data-map-live]")).to_be_hidden()
    expect(figure.locator(".map-live canvas:visible, .map-drawing svg:visible").first).to_be_visible()


def test_every_chart_has_its_table(look: Page) -> None:
    for figure in look.locator("figure[data-chart]").all():
        figure.locator("summary").click()
        expect(figure.locator("table")).to_be_visible()


def test_pages_work_without_scripts(live_server: Any, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=SIZES["desk"])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/giao-dien/")
    expect(page.locator(".map-drawing svg")).to_be_visible()
    expect(page.locator(".chart-wide svg").first).to_be_visible()
    expect(page.locator("[data-chart-live]").first).to_be_hidden()
    page.locator("details.menu summary").first.click()
    page.locator('form.theme button[value="dark"]').click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()
