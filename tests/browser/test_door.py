"""Coming in and going out."""

from playwright.sync_api import expect
from tests.browser.city import City
from tests.browser.conftest import Enter, sign_in


def test_whoever_signs_in_gets_the_page_they_asked_for_and_nothing_after_leaving(
    meet: Enter, city: City
) -> None:
    page = meet()
    page.goto("/xep-hang/")
    expect(page).to_have_url(f"{city.url}/dang-nhap/?next=/xep-hang/")
    page.locator("form.entry #id_username").fill("trucioc")
    page.locator("form.entry #id_password").fill(city.password)
    page.locator("form.entry button").click()
    expect(page).to_have_url(f"{city.url}/xep-hang/")
    page.locator("details.menu summary").first.click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(f"{city.url}/dang-nhap/")
    page.goto("/nhiem-vu/")
    expect(page).to_have_url(f"{city.url}/dang-nhap/?next=/nhiem-vu/")


def test_a_wrong_password_five_times_shuts_the_door_and_says_until_when(meet: Enter, city: City) -> None:
    page = meet()
    for _ in range(4):
        sign_in(page, "motcua", "khong phai mat khau")
        expect(page.get_by_role("alert")).to_contain_text("không đúng")
    sign_in(page, "motcua", "khong phai mat khau")
    shut = "Đã nhập sai mật khẩu 5 lần; hãy chờ 15 phút rồi thử lại."
    expect(page.get_by_role("alert")).to_contain_text(shut)
    sign_in(page, "motcua", city.password)
    expect(page.get_by_role("alert")).to_contain_text(shut)
    # Others in this city go on as this person.
    assert city.ask("DELETE FROM axes_accessattempt WHERE username = 'motcua' RETURNING id")
