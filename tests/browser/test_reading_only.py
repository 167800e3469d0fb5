"""The inspector reads everything and is offered nothing that writes."""

from playwright.sync_api import expect
from tests.browser.city import City
from tests.browser.conftest import Enter
from tests.browser.gaps import standing

PLACES = (
    "/", "/ban-lam-viec/", "/nhiem-vu/?so=tw", "/nhiem-vu/{submitted}/", "/nhiem-vu/{extension_asked}/", "/xep-hang/",
    "/chi-so/nhiem_vu_hoan_thanh/", "/bieu-bao-cao/", "/bieu-bao-cao/ho_so_cap_xa/2025-06/20200/",
    "/bao-cao/conference/", "/don-vi/48/", "/nhat-ky/",
)  # fmt: skip
WAYS_TO_WRITE = (
    'main form[method="post"], main a[href*="/moi/"], main a[href*="/sua/"], main a[href*="sua=1"]'
)


def test_the_inspector_sees_no_button_that_writes(enter: Enter, city: City) -> None:
    page, gaps = enter("kiemtra"), standing(city)
    for place in PLACES:
        page.goto(place.format(**gaps))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.locator(WAYS_TO_WRITE).evaluate_all("all => all.map((each) => each.outerHTML)") == [], (
            place
        )


def test_the_inspector_finds_in_the_log_what_others_did(enter: Enter) -> None:
    taken = enter("thuky").request.get("/nhiem-vu/xuat/")
    assert taken.ok
    page = enter("kiemtra")
    page.goto("/nhat-ky/")
    expect(page.locator("main")).to_contain_text("Lưu Bích Ngân")
