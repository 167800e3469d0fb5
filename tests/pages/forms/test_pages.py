"""Returns on the web: filled in, checked while one types, sent, corrected, refused with nothing lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.builders import World
from tests.pages.forms.conftest import BAD, CODES, GOOD, JUNE, PAGES, declare, send, typed
from tests.pages.reading import text_of

from namro.audit.models import Entry
from namro.organisation.terms import Role
from namro.sources.models import Finding, Submission

Enter = Callable[[Role], Client]
CHECK = f"{JUNE}kiem-tra/"
CRITERIA = "/bieu-bao-cao/tieu_chi/2025-06/20194/"


def answered(answer: Any) -> str:
    """Return an answer as one line with single spaces."""
    return " ".join(answer.content.decode().split())


def test_a_commune_meets_what_it_owes(asked: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.COMMUNE_OFFICER), "/bieu-bao-cao/")
    assert "Phường Hải Vân còn 4 biểu quá hạn chưa nộp" in page
    assert JUNE in page
    assert "Các biểu, kỳ gần nhất" not in page


def test_the_secretariat_meets_how_every_form_came_in(asked: World, signed_in: Enter) -> None:
    send(signed_in(Role.COMMUNE_OFFICER), BAD)
    page = text_of(signed_in(Role.SECRETARIAT), "/bieu-bao-cao/")
    assert "0 trong 2 biểu đã nộp đủ, 5 bản quá hạn chưa nộp." in page
    assert "Đặc khu Hoàng Sa, Xã Hòa Vang" in page
    assert "1 chỗ chưa khớp" in page


def test_the_form_is_filled_in_without_script_and_sent(asked: World, signed_in: Enter) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    page = text_of(client, JUNE)
    assert re.search(r'name="client_id" value="[0-9a-f-]{36}"', page)
    assert 'name="version" value="0"' in page
    answer = send(client, GOOD)
    assert (answer.status_code, answer["Location"]) == (302, JUNE)
    assert Submission.objects.get().values == {"tong": "1000", "da": "600", "chua": "400"}
    assert "Đã gửi. Các số khớp nhau." in text_of(client, JUNE)


def test_a_breach_is_told_on_the_form_and_never_blocks(asked: World, signed_in: Enter) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    assert send(client, BAD).status_code == 302
    page = text_of(client, JUNE)
    assert "cộng lại được 900, thiếu 100 so với số tổng đã nêu 1.000" in page
    assert "còn 1 chỗ chưa khớp" in page


def test_the_figures_of_the_form_follow_a_sending(
    asked: World, signed_in: Enter, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        send(signed_in(Role.COMMUNE_OFFICER), GOOD)
    jobs = [getattr(callback, "keywords", {}) for callback in callbacks]
    assert {"form": "trang", "period": "2025-06"} in jobs


def test_unreadable_boxes_are_refused_one_by_one_and_nothing_typed_is_lost(
    asked: World, signed_in: Enter
) -> None:
    answer = send(
        signed_in(Role.COMMUNE_OFFICER), {"tong": "12,5", "da": "sáu trăm", "vuong_mac": "Mất điện 3 ngày"}
    )
    page = answered(answer)
    assert answer.status_code == 422
    assert "phải là số nguyên, đã ghi «12,5»" in page
    assert "chưa có giá trị" in page
    for kept in ('value="12,5"', 'value="sáu trăm"', "Mất điện 3 ngày"):
        assert kept in page
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-07-10", "chưa đến"),
        ("2025-05-31", "đứng trước tháng 6/2025"),
        ("31/02/2025", "không có trong lịch"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(
    asked: World, signed_in: Enter, day: str, said: str
) -> None:
    answer = send(signed_in(Role.COMMUNE_OFFICER), GOOD, as_of=day)
    assert answer.status_code == 422
    assert said in answered(answer)
    assert 'value="1.000"' in answered(answer)


def test_sending_twice_stores_once(asked: World, signed_in: Enter) -> None:
    client, parcel = signed_in(Role.COMMUNE_OFFICER), typed(GOOD)
    assert [client.post(JUNE, parcel).status_code for _ in range(2)] == [302, 302]
    assert Submission.objects.count() == 1


def test_a_correction_is_a_new_version_and_says_what_changed(asked: World, signed_in: Enter) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    send(client, BAD)
    assert 'value="300"' in text_of(client, f"{JUNE}?sua=1")
    send(client, GOOD, version=1, ground="Đếm lại kho")
    page = text_of(client, JUNE)
    assert "«Chưa số hóa»: 300 trang → 400 trang" in page
    assert "Căn cứ: Đếm lại kho" in page
    assert "đã đính chính." in page
    assert "300 trang</td>" in text_of(client, f"{JUNE}?ban=1").replace(" ", " ")
    text_of(client, f"{JUNE}?ban=3", status=404)


def test_who_was_overtaken_keeps_what_they_typed_and_may_send_again(asked: World, signed_in: Enter) -> None:
    commune, secretary = signed_in(Role.COMMUNE_OFFICER), signed_in(Role.SECRETARIAT)
    send(secretary, BAD)
    answer = send(commune, GOOD)
    page = answered(answer)
    assert answer.status_code == 422
    assert "đã gửi bản 1" in page
    assert 'value="400"' in page
    assert "Đang có: 300 trang" in page
    assert 'name="version" value="1"' in page
    assert send(commune, GOOD, version=1).status_code == 302


def test_the_check_while_one_types_finds_and_writes_nothing(asked: World, signed_in: Enter) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    before = Entry.objects.count()
    page = answered(client.post(CHECK, typed({"tong": "1.000", "da": "600", "chua": "300"})))
    assert "thiếu 100" in page
    assert "Vẫn gửi được" in page
    partly = answered(client.post(CHECK, typed({"tong": "1.000", "da": "6oo"})))
    assert "không kèm chữ «oo»" in partly
    assert "Còn 1 ô bắt buộc chưa nhập." in partly
    assert (Submission.objects.count(), Finding.objects.count(), Entry.objects.count()) == (0, 0, before)


def test_the_last_period_stands_beside_each_box(asked: World, signed_in: Enter) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    send(client, GOOD, url="/bieu-bao-cao/trang/2025-05/20194/", as_of="2025-05-31")
    assert "Kỳ trước: 1.000 trang" in text_of(client, JUNE)


def test_who_may_only_read_reads_and_cannot_send(asked: World, signed_in: Enter) -> None:
    inspector = signed_in(Role.INSPECTOR)
    page = text_of(inspector, JUNE)
    assert "Chưa có bản nào được gửi" in page
    assert 'name="o-tong"' not in page
    assert send(inspector, GOOD).status_code == 404
    assert inspector.post(CHECK, typed(GOOD)).status_code == 404
    send(signed_in(Role.COMMUNE_OFFICER), GOOD)
    assert "Đính chính" not in text_of(inspector, JUNE)
    assert not Submission.objects.exclude(submitted_by=asked.people[Role.COMMUNE_OFFICER]).exists()


@pytest.mark.parametrize(
    "url",
    [
        "/bieu-bao-cao/trang/2025-06/20320/",
        "/bieu-bao-cao/trang/2025-06/TU.VP/",
        "/bieu-bao-cao/trang/2025-06/khong/",
        "/bieu-bao-cao/trang/2025-H1/20194/",
        "/bieu-bao-cao/trang/2025-04/20194/",
        "/bieu-bao-cao/trang/2025-08/20194/",
        "/bieu-bao-cao/trang/sai/20194/",
        "/bieu-bao-cao/khong/2025-06/20194/",
        "/bieu-bao-cao/khong/",
    ],
)
def test_what_is_beyond_reach_or_not_asked_does_not_exist(asked: World, signed_in: Enter, url: str) -> None:
    text_of(signed_in(Role.COMMUNE_OFFICER), url, status=404)


def test_a_past_day_shows_what_was_known_and_takes_nothing_in(asked: World, signed_in: Enter) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    send(client, GOOD)
    page = text_of(client, f"{JUNE}?ngay=2025-07-08")
    assert "Phường Hải Vân chưa nộp" in page
    assert 'name="o-tong"' not in page
    assert client.post(f"{JUNE}?ngay=2025-07-08", typed(GOOD, version=1)).status_code == 404


def test_the_list_of_one_form_names_who_has_not_sent(asked: World, signed_in: Enter) -> None:
    send(signed_in(Role.COMMUNE_OFFICER), GOOD)
    page = text_of(signed_in(Role.SECRETARIAT), "/bieu-bao-cao/trang/?ky=2025-06")
    assert "Tháng 6/2025: 1 trong 3 đơn vị đã nộp" in page
    rows = text_of(signed_in(Role.SECRETARIAT), "/bieu-bao-cao/trang/?ky=2025-06&tinh_trang=missing")
    table = rows.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "Xã Hòa Vang" in table
    assert "Phường Hải Vân" not in table


def test_a_commune_sees_only_itself_in_the_list(asked: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.COMMUNE_OFFICER), "/bieu-bao-cao/trang/")
    assert "Phường Hải Vân" in page
    assert "Xã Hòa Vang" not in page


def test_the_list_is_downloaded_with_a_line_in_the_log(asked: World, signed_in: Enter) -> None:
    send(signed_in(Role.COMMUNE_OFFICER), GOOD)
    answer = signed_in(Role.SECRETARIAT).get("/bieu-bao-cao/trang/xuat/?ky=2025-06&dang=csv")
    line = next(line for line in answer.content.decode().splitlines() if line.startswith("20194"))
    assert "1.000" in line
    assert Entry.objects.get(verb="export").after["table"] == "trang"
    text_of(signed_in(Role.CLERK), "/bieu-bao-cao/trang/xuat/", status=404)


def test_the_criteria_show_lights_and_that_they_are_placeholders(asked: World, signed_in: Enter) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    assert "Danh mục mẫu, chờ thành phố thay." in text_of(client, CRITERIA)
    send(client, dict.fromkeys(CODES[:3], "1") | {CODES[3]: "0"}, url=CRITERIA)
    page = text_of(client, CRITERIA)
    assert "3 / 4 tiêu chí đạt" in page
    assert "Gần đạt" in page
    assert page.count("<span>Chưa đạt</span>") == 1
    assert "3 / 4 tiêu chí đạt" in text_of(signed_in(Role.SECRETARIAT), "/bieu-bao-cao/tieu_chi/?ky=2025-06")


def test_an_unanswered_criterion_is_refused_not_taken_as_no(asked: World, signed_in: Enter) -> None:
    answer = send(signed_in(Role.COMMUNE_OFFICER), dict.fromkeys(CODES[:3], "1"), url=CRITERIA)
    assert answer.status_code == 422
    assert "Ô «Tiêu chí 4»: chưa có giá trị" in answered(answer)


def test_the_browser_forgets_a_draft_only_when_its_own_was_taken(asked: World, signed_in: Enter) -> None:
    commune, secretary = signed_in(Role.COMMUNE_OFFICER), signed_in(Role.SECRETARIAT)
    send(commune, GOOD)
    forget = '<meta name="draft-taken" content="bieu:trang:2025-06:20194:0">'
    assert forget in text_of(commune, JUNE)
    assert forget not in text_of(secretary, JUNE)


def test_the_pages_cost_the_same_however_many_forms_and_returns(
    asked: World, signed_in: Enter, django_assert_max_num_queries: Callable
) -> None:
    for number in range(5):
        declare(PAGES | {"code": f"trang_{number}"})
    client = signed_in(Role.SECRETARIAT)
    send(client, GOOD)
    for url in ("/bieu-bao-cao/", "/bieu-bao-cao/trang/?ky=2025-06", JUNE, f"{JUNE}?sua=1"):
        with django_assert_max_num_queries(24):
            client.get(url)
