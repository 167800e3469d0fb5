"""The pages of indicators: found without marks, read as of a day, downloaded with a line in the log."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.builders import World
from tests.pages.reading import text_of
from tests.sources.material import BODY

from namro.audit.models import Entry
from namro.organisation.terms import Role
from namro.sources.models import Form

Enter = Callable[[Role], Client]


def test_the_list_shows_the_city_to_those_who_read_everything(measured: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/chi-so/")
    assert "4 chỉ số: 1 chậm mục tiêu, 1 chưa có số liệu." in page
    assert "55,0 %" in page
    assert "chậm 3,2 điểm" in page
    assert "84,0 %" not in page


def test_the_list_shows_a_commune_its_own_value_beside_the_city(measured: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.COMMUNE_OFFICER), "/chi-so/")
    assert "84,0 %" in page
    assert "55,0 %" in page


@pytest.mark.parametrize(
    ("query", "found", "left_out"),
    [
        ("q=trang+so+hoa", "Tỷ lệ trang đã số hóa", "Tỷ lệ nhiệm vụ xong"),
        ("nhom=nhiem_vu", "Tỷ lệ nhiệm vụ xong", "Tỷ lệ trang đã số hóa"),
        ("tinh_trang=missing", "Kinh tế số", "Tỷ lệ nhiệm vụ xong"),
        ("tinh_trang=behind", "Tỷ lệ trang đã số hóa", "Tỷ lệ theo cấp"),
    ],
)
def test_the_list_is_narrowed(
    measured: World, signed_in: Enter, query: str, found: str, left_out: str
) -> None:
    rows = text_of(signed_in(Role.SECRETARIAT), f"/chi-so/?{query}").partition("<table")[2]
    assert found in rows
    assert left_out not in rows


def test_words_that_match_nothing_say_so(measured: World, signed_in: Enter) -> None:
    assert "Không tìm thấy chỉ số nào" in text_of(signed_in(Role.SECRETARIAT), "/chi-so/?q=khongco")


def test_a_past_day_shows_what_was_known_then_and_every_link_stays_on_it(
    measured: World, signed_in: Enter
) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/chi-so/ty_le_trang/?ngay=2025-06-20")
    assert "Thành phố Đà Nẵng: 50,0 %." in page
    assert "Đang xem như ngày 20/06/2025." in page
    assert "55,0 %" not in page
    assert "ngay=2025-06-20" in page


def test_one_indicator_says_number_counts_definition_and_target(measured: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/chi-so/ty_le_trang/")
    assert "Tỷ lệ trang đã số hóa của Thành phố Đà Nẵng: 55,0 %, tăng 5,0 điểm." in page
    for words in (
        "Cộng tử số và mẫu số",
        "Để biết.",
        "bản 2, rà soát lại trước 30/06/2026",
        "Đạt 90 % trong năm",
    ):
        assert words in page


def test_communes_stand_ranked_and_one_without_data_is_not_zero(measured: World, signed_in: Enter) -> None:
    table = text_of(signed_in(Role.SECRETARIAT), "/chi-so/ty_le_trang/").partition('id="bang-don-vi"')[2]
    assert table.index("Phường Hải Vân") < table.index("Xã Hòa Vang") < table.index("Đặc khu Hoàng Sa")
    assert "2 / 3 đơn vị có số liệu" in table
    assert "Số liệu chưa khớp" in table
    assert "chưa có số liệu" in table.partition("Đặc khu Hoàng Sa")[2]


def test_an_indicator_of_tasks_leads_to_the_list_of_tasks(measured: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/chi-so/nhiem_vu_xong/")
    assert "/nhiem-vu/?so=tw&amp;don_vi=48&amp;trang_thai=done" in page
    assert "tăng 5,4 điểm" in page


def test_an_indicator_of_a_form_leads_to_the_returns(measured: World, signed_in: Enter) -> None:
    body = BODY | {"next_review": "2026-06-30"}
    Form.objects.create(
        code="trang", version=1, body=body, owner="TU.VP", next_review="2026-06-30", package="mau"
    )
    page = text_of(signed_in(Role.COMMUNE_OFFICER), "/chi-so/ty_le_trang/")
    assert "/bieu-bao-cao/trang/2025-06/20194/" in page
    assert "/bieu-bao-cao/trang/?ky=2025-06" in text_of(signed_in(Role.SECRETARIAT), "/chi-so/ty_le_trang/")


def test_breakdowns_stand_beside_each_other(measured: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/chi-so/ty_le_cap/?phan_to=xa")
    assert "Tỷ lệ theo cấp (Cấp xã) của Thành phố Đà Nẵng: 92,7 %." in page
    assert "Toàn thành phố" in page


def test_a_unit_without_figures_shows_the_citys(measured: World, signed_in: Enter) -> None:
    assert "Thành phố Đà Nẵng: 60,5 %" in text_of(signed_in(Role.COMMUNE_OFFICER), "/chi-so/ty_le_cap/")


def test_a_unit_asked_for_by_name_stays_though_it_has_no_figures(measured: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.COMMUNE_OFFICER), "/chi-so/ty_le_cap/?don_vi=20320")
    assert "Tỷ lệ theo cấp của Xã Hòa Vang: chưa có số liệu." in page


def test_a_code_that_is_none_does_not_exist(measured: World, signed_in: Enter) -> None:
    text_of(signed_in(Role.SECRETARIAT), "/chi-so/khong_co/", status=404)


def test_a_download_holds_the_exact_values_and_leaves_a_line_in_the_log(
    measured: World, signed_in: Enter
) -> None:
    answer = signed_in(Role.SECRETARIAT).get("/chi-so/ty_le_trang/xuat/?dang=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content), read_only=True).active.values)
    heads = rows[3]
    values = [dict(zip(heads, row, strict=True)) for row in rows[4:]]
    assert [(row["Mã đơn vị"], row["Giá trị"], row["Tử số"]) for row in values] == [
        ("48", 50, 500), ("48", 55, 550), ("20194", 84, 420), ("20320", 26, 130)
    ]  # fmt: skip
    entry = Entry.objects.get(verb="export")
    assert entry.after["table"] == "ty_le_trang"
    assert entry.after["rows"] == 4


def test_the_list_is_downloaded_as_it_is_narrowed(measured: World, signed_in: Enter) -> None:
    text = signed_in(Role.SECRETARIAT).get("/chi-so/xuat/?dang=csv&nhom=nhiem_vu").content.decode()
    assert "42.7" in text
    assert "ty_le_trang" not in text


def test_who_may_not_export_meets_neither_link_nor_page(measured: World, signed_in: Enter) -> None:
    client = signed_in(Role.CLERK)
    assert "Xuất Excel" not in text_of(client, "/chi-so/")
    text_of(client, "/chi-so/xuat/", status=404)


def test_words_in_the_address_that_mean_nothing_do_no_harm(measured: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    text_of(client, "/chi-so/?name=x&don_vi=khong&tinh_trang=sai&ngay=32/13/2025")
    text_of(client, "/chi-so/ty_le_trang/?route=x&cap=sai&phan_to=sai&don_vi=khong")


def test_the_list_costs_the_same_however_many_figures(
    measured: World, signed_in: Enter, django_assert_max_num_queries: Callable
) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    with django_assert_max_num_queries(20):
        client.get("/chi-so/")
    with django_assert_max_num_queries(24):
        client.get("/chi-so/ty_le_trang/")
