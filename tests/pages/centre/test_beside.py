"""Pages that set units beside each other: scores explained part by part, peers, what changed."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.builders import World
from tests.indicators.material import ON_TIME, WAIT, store_index
from tests.pages.reading import text_of, words_of

from namro.flows.indices import figure_indices
from namro.indicators.actions.peers import store_peers
from namro.indicators.catalog.peers import PeerDef
from namro.organisation.models import Profile
from namro.organisation.terms import Role

Enter = Callable[[Role], Client]
PARTS = [
    ON_TIME | {"lights": {"green": 90, "amber": 80}, "group": "mot_cua"},
    WAIT | {"group": "mot_cua"},
]
VALUES = {
    "ty_le_dung_han": {"48": ("70", "80"), "20194": ("80", "90"), "20320": ("60", "75")},
    "phut_cho": {"20194": ("10", "30"), "20320": ("30", "20")},
}
INDICES, LEAGUE = "/trung-tam/chi-so-tong-hop/", "/trung-tam/chi-so-tong-hop/phuc_vu/"
COMPARE = "/trung-tam/so-sanh/?chi-so=ty_le_dung_han"


@pytest.fixture
def scored(world: World) -> World:
    """Two communes with two indicators in two months, scored; both are peers."""
    store_index(PARTS, VALUES)
    figure_indices()
    group = PeerDef(
        "xa", "Xã, phường mẫu", "Sample communes", ("ward", "commune"), "TU.VP", date(2026, 1, 15), 0
    )
    store_peers([group], package="mau")
    for unit in world.communes:
        Profile.objects.create(unit=unit, population=40000, source="mẫu")
    return world


def test_the_list_names_who_leads_and_who_needs_care(scored: World, signed_in: Enter) -> None:
    page = words_of(signed_in(Role.SECRETARIAT), INDICES)
    assert "Phục vụ" in page
    assert "cao nhất 70,0 điểm ở Xã Hòa Vang; thấp nhất 48,0 điểm ở Phường Hải Vân." in page


def test_the_league_ranks_with_light_and_change(scored: World, signed_in: Enter) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    page = words_of(client, LEAGUE)
    assert page.index("Xã Hòa Vang 70,0 điểm") < page.index("Phường Hải Vân 48,0 điểm")
    assert "+58,0" in page
    assert "-28,0" in page or "−28,0" in page
    assert client.get(f"{LEAGUE}?don_vi=20194")["Location"] == f"{LEAGUE}20194/"
    assert client.get("/trung-tam/chi-so-tong-hop/khong_co/").status_code == 404


def test_a_score_is_told_part_by_part_with_what_would_raise_it(scored: World, signed_in: Enter) -> None:
    page = words_of(signed_in(Role.COMMUNE_OFFICER), f"{LEAGUE}20320/")
    assert "Phục vụ của Xã Hòa Vang: 70,0 điểm, thứ 1 trong 2; so với kỳ trước +58,0." in page
    assert "Hồ sơ đúng hạn bằng nơi tốt nhất (Phường Hải Vân, 90,0 %): thêm 18,0 điểm" in page
    assert "+6,0 khi đạt 80,0 %" in page
    assert "30,0 / 60,0" in page
    assert "40,0 / 40,0" in page


def test_every_number_of_a_score_is_a_door(scored: World, signed_in: Enter) -> None:
    page = signed_in(Role.COMMUNE_OFFICER).get(f"{LEAGUE}20320/").content.decode()
    assert page.count("/chi-so/ty_le_dung_han/?don_vi=20320") >= 2
    assert page.count("/chi-so/phut_cho/?don_vi=20320") >= 2


def test_a_unit_without_figures_has_no_score_and_is_told_so(scored: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    third = next(unit.code for unit in scored.communes if unit.code not in ("20194", "20320"))
    assert "chưa đủ số liệu để có điểm phục vụ" in words_of(client, f"{LEAGUE}{third}/")
    assert client.get(f"{LEAGUE}48/").status_code == 404
    assert client.get(f"{LEAGUE}H17.KHCN/").status_code == 404


def test_a_unit_stands_beside_its_peers_with_every_indicator(scored: World, signed_in: Enter) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    page = words_of(client, "/trung-tam/ngang-hang/20194/")
    assert "Nhóm «Xã, phường mẫu»" in page
    assert "Hồ sơ đúng hạn tháng 6/2025 90,0 %" in page
    assert "82,5 %" in page  # the middle of 75 and 90
    assert client.get("/trung-tam/ngang-hang/48/").status_code == 404


def test_a_unit_without_peers_is_told_so(scored: World, signed_in: Enter) -> None:
    page = words_of(signed_in(Role.SECRETARIAT), "/trung-tam/ngang-hang/H17.KHCN/")
    assert "không có đơn vị ngang hàng để so" in page


def test_chosen_units_and_periods_are_compared_in_a_sentence(scored: World, signed_in: Enter) -> None:
    page = words_of(
        signed_in(Role.SECRETARIAT), f"{COMPARE}&don-vi=20194&don-vi=20320&ky=2025-06&voi=2025-05"
    )
    assert "Hồ sơ đúng hạn, tháng 6/2025: Phường Hải Vân 90,0 %; Xã Hòa Vang 75,0 %." in page
    assert "So với tháng 5/2025: Phường Hải Vân tăng 10,0 điểm; Xã Hòa Vang tăng 15,0 điểm." in page


@pytest.mark.parametrize(
    "asked", ["", "&ky=2020-01", "&ky=hôm qua", "&don-vi=khong-co", "&voi=2025-06&ky=2025-06", "&phan=khong"]
)
def test_what_makes_no_sense_gives_way_to_what_does(scored: World, signed_in: Enter, asked: str) -> None:
    assert signed_in(Role.SECRETARIAT).get(f"{COMPARE}{asked}").status_code == 200


def test_what_got_worse_is_told_as_worse(scored: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    page = text_of(client, "/trung-tam/so-sanh/?chi-so=phut_cho&don-vi=20194&don-vi=20320").partition(
        "<tbody>"
    )[2]
    pills = re.findall(r'class="pill tone-(\w+)".*?(tăng|giảm)', page)
    assert pills[:2] == [("risk", "tăng"), ("ok", "giảm")]
