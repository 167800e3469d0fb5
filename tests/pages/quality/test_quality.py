"""Pages of the service index: the units of a month, a score down to its parts, what cost its points; who sees whose."""

from collections.abc import Callable

import pytest
import yaml
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.builders import World
from tests.pages.reading import text_of
from tests.quality.conftest import PACKAGE
from tests.quality.made import at, dossier

from namro.dossiers.terms import Channel
from namro.flows.serving import figure_service
from namro.indicators.models import Definition, Figure
from namro.organisation.terms import Role
from namro.pages.quality import views
from namro.sources.catalog.reading import plain

Enter = Callable[[Role], Client]
FOLDER = PACKAGE / "indicators/mot_cua"
CODES = ("chat_luong_phuc_vu", "ho_so_phuc_vu_dung_han", "ho_so_phuc_vu_truc_tuyen")
WARD = "/chat-luong-phuc-vu/20194/2025-12/"


@pytest.fixture
def served(world: World) -> World:
    """A ward with four dossiers of December, one of them late, and figures of it."""
    for code in CODES:
        body = plain(yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8")))
        told = {"owner": body["owner"], "next_review": body["next_review"], "package": "danang"}
        Definition.objects.create(code=code, version=1, body=body, **told)
    ward = world.communes[0]
    dossier(ward, channel=Channel.ONLINE, is_eligible_online=True, result_is_electronic=True)
    dossier(ward, fee=8_000)
    dossier(ward)
    dossier(ward, finished_at=at(12))
    assert figure_service() > 0
    return world


def test_a_score_tells_counts_points_readings_and_what_to_do(served: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.COMMUNE_OFFICER), WARD)
    assert "2.1 Hồ sơ giải quyết đúng hạn" in page
    assert "3 / 4" in page
    assert "75,00 %" in page
    assert "15,00 / 20" in page
    assert "Phần không áp dụng: Chia trọng số cho các phần có tính" in page
    assert "Không có gì để tính trong kỳ" in page
    assert "Cách đổi tỷ lệ đúng hạn (2.1) ra điểm: Tỷ lệ × 20" in page
    assert "Cấp kết quả điện tử cho hồ sơ đã giải quyết" in page


def test_another_reading_is_tried_and_said(served: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.COMMUNE_OFFICER), f"{WARD}?tien_do_quy_doi=nguong_chung&la=lung")
    assert "18,75 / 20" in page  # 75 % of 80 %
    assert "cách hiểu khác với cách thành phố chọn" in page


def test_from_a_score_down_to_the_dossiers_that_cost_points(served: World, signed_in: Enter) -> None:
    client = signed_in(Role.CLERK)
    late = "H17.20194-"
    page = text_of(client, f"{WARD}giai_quyet_dung_han/")
    assert page.count(f"/mot-cua/ho-so/{late}") == 1
    assert "1 hồ sơ làm mất điểm" in page and "Kết thúc" in page and "Đã trả kết quả" in page
    assert "/thu-tuc/1.000001/" in text_of(client, f"{WARD}thu_tuc_thanh_toan/")
    text_of(client, f"{WARD}khong_co/", status=404)


def test_whoever_may_not_see_a_unit_finds_no_score(served: World, signed_in: Enter) -> None:
    for role, status in ((Role.SECRETARIAT, 200), (Role.OFFICER, 404)):
        text_of(signed_in(role), WARD, status=status)
    text_of(signed_in(Role.ADMINISTRATOR), f"{WARD}giai_quyet_dung_han/", status=404)
    text_of(signed_in(Role.SECRETARIAT), "/chat-luong-phuc-vu/20194/2025-W50/", status=404)


def test_a_month_that_has_not_begun_has_no_score_and_no_door_to_it(served: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    assert "2026-01/" not in client.get(WARD).content.decode()
    assert "2025-12/" in client.get(WARD.replace("2025-12", "2025-11")).content.decode()
    text_of(client, WARD.replace("2025-12", "2026-01"), status=404)


def test_the_month_lists_units_and_opens_those_one_may_see(served: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/chat-luong-phuc-vu/")
    assert (
        "Phường Hải Vân đạt" in page and "nhiều điểm nhất" not in page
    )  # the only one is not the best of any
    assert f'href="{WARD}"' in page
    assert f'href="{WARD}"' not in text_of(signed_in(Role.OFFICER), "/chat-luong-phuc-vu/")


def test_figures_are_the_same_twice_and_the_city_has_its_own(served: World) -> None:
    told = Figure.objects.filter(breakdown="").values_list("unit__code", "period", "numerator", "denominator")
    assert {(unit, period, most) for unit, period, _, most in told.filter(indicator=CODES[0])} == {
        ("20194", "2025-12", 100), ("48", "2025-12", 100),
    }  # fmt: skip
    assert set(told.filter(indicator=CODES[1])) == {("20194", "2025-12", 3, 4), ("48", "2025-12", 3, 4)}
    assert set(told.filter(indicator=CODES[2])) == {("20194", "2025-12", 1, 1), ("48", "2025-12", 1, 1)}
    assert figure_service() == 0


def test_a_page_asks_no_more_of_a_ward_with_more_dossiers(
    served: World, signed_in: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    for _ in range(20):
        dossier(served.communes[0], fee=1_000)
    with django_assert_max_num_queries(45):
        client.get(WARD)


def test_the_doors_to_what_cost_points_stand_for_those_who_may_open_them(
    served: World, signed_in: Enter
) -> None:
    office = served.agencies[0]
    dossier(office, finished_at=at(12))
    score = WARD.replace("20194", office.code)
    there = f"{score}giai_quyet_dung_han/"
    assert there in signed_in(Role.SECRETARIAT).get(score).content.decode()
    page = signed_in(Role.ADMINISTRATOR).get(score).content.decode()
    assert "0,00 / 20" in page and there not in page


def test_what_a_reading_counts_as_procedures_is_told_as_procedures(served: World, signed_in: Enter) -> None:
    client, path = signed_in(Role.CLERK), f"{WARD}ket_qua_dien_tu/?ket_qua_don_vi_dem=thu_tuc"
    dossier(served.communes[0], procedure="1.000003")
    page = text_of(client, path)
    assert "1 thủ tục bị trừ làm mất điểm" in page and "/thu-tuc/1.000003/" in page


def test_equal_points_are_of_one_rank() -> None:
    ranked = views._ranked([{"points": points} for points in (90, 80, 80, 70)])
    assert [row["rank"] for row in ranked] == [1, 2, 2, 4]
