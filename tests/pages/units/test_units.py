"""Units: the list, old names, and the page of one."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.builders import TWO_TIERS_FROM, World, unit
from tests.pages.reading import text_of

from namro.organisation.models import Boundary, Profile, Successor
from namro.organisation.terms import Role, UnitKind
from namro.tasks.terms import State

Enter = Callable[[Role], Client]


@pytest.fixture
def merged(world: World) -> World:
    """A district and two of its communes that ended on 1 July 2025."""
    district = unit("490", "Quận Liên Chiểu", UnitKind.DISTRICT, world.city, None, TWO_TIERS_FROM)
    old = unit("20195", "Phường Hòa Hiệp Nam", UnitKind.WARD, district, None, TWO_TIERS_FROM)
    parted = unit("20296", "Xã Hòa Liên", UnitKind.COMMUNE, district, None, TWO_TIERS_FROM)
    Successor.objects.create(
        old=old, new=world.communes[0], part="whole", change="merged", day=TWO_TIERS_FROM
    )
    Successor.objects.create(
        old=parted,
        new=world.communes[0],
        part="part",
        change="merged",
        day=TWO_TIERS_FROM,
        note="Một phần nhỏ",
    )
    Profile.objects.create(unit=world.communes[0], area_km2="406.09", population=48992, source="nguồn mẫu")
    return world


def test_the_tree_stands_by_kind_with_what_is_below(world: World, signed_in: Enter) -> None:
    unit("H17.IOC", "Trung tâm Giám sát", UnitKind.DEPARTMENT, world.agencies[1])
    page = text_of(signed_in(Role.CLERK), "/don-vi/")
    assert (
        page.index("Cơ quan Đảng, đoàn thể") < page.index("Phường Hải Vân") < page.index("Thành phố Hà Nội")
    )
    assert "Trung tâm Giám sát" in page


@pytest.mark.parametrize("words", ["hoa hiep nam", "Hòa Hiệp Nam", "20195"])
def test_an_old_name_leads_to_the_new_unit(merged: World, signed_in: Enter, words: str) -> None:
    page = text_of(signed_in(Role.OFFICER), f"/don-vi/?q={words}")
    assert "/don-vi/20194/" in page
    assert "từ Phường Hòa Hiệp Nam" in page


def test_before_the_merger_the_old_unit_is_found(merged: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.OFFICER), "/don-vi/?q=hoa+hiep+nam&ngay=2025-06-01")
    assert "/don-vi/20195/?ngay=2025-06-01" in page


def test_a_name_that_is_none_says_what_to_try(world: World, signed_in: Enter) -> None:
    assert "Không có đơn vị nào khớp" in text_of(signed_in(Role.OFFICER), "/don-vi/?q=atlantis")


def test_one_unit_shows_where_it_came_from_and_its_profile(merged: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/don-vi/20194/")
    assert "406,09 km²" in page
    assert "48.992 người" in page
    assert "Phường Hòa Hiệp Nam" in page
    assert "một phần, từ 01/07/2025" in page


def test_an_ended_unit_leads_on(merged: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.OFFICER), "/don-vi/490/")
    assert "đã chấm dứt từ 01/07/2025" in page
    assert "/don-vi/20194/" in page


def test_its_own_see_the_rows_and_others_only_the_counts(world: World, signed_in: Enter) -> None:
    late = world.task(world.communes[0], State.IN_PROGRESS_LATE, register="xp", title="Số hóa sổ hộ tịch")
    own = text_of(signed_in(Role.COMMUNE_OFFICER), "/don-vi/20194/")
    others = text_of(signed_in(Role.OFFICER), "/don-vi/20194/")
    assert late.title in own and f"/nhiem-vu/{late.code}/" in own
    assert late.title not in others
    assert "don_vi=20194&amp;trang_thai" not in others
    assert "1 quá hạn" in others


def test_a_past_day_counts_that_day(world: World, signed_in: Enter) -> None:
    world.tasks(world.agencies[1], [State.DONE, State.DONE])
    page = text_of(signed_in(Role.SECRETARIAT), "/don-vi/H17.KHCN/?ngay=2025-04-01")
    assert "2 đang làm" in page
    assert "trang_thai=done" not in page


def test_a_commune_with_a_boundary_is_drawn_in_its_city(world: World, signed_in: Enter) -> None:
    for place, commune in enumerate(world.communes[:2]):
        west = 108 + place
        ring = [[west, 16], [west + 1, 16], [west + 1, 17], [west, 17], [west, 16]]
        Boundary.objects.create(unit=commune, geometry={"type": "Polygon", "coordinates": [ring]})
    page = text_of(signed_in(Role.CLERK), "/don-vi/20194/")
    assert 'class="locator-here"' in page
    assert "Vị trí của Phường Hải Vân" in page


def test_a_code_that_is_none_is_no_page(world: World, signed_in: Enter) -> None:
    assert signed_in(Role.STEERING).get("/don-vi/khong-co/").status_code == 404


def test_the_code_that_a_new_unit_kept_shows_the_unit_of_the_day(merged: World, signed_in: Enter) -> None:
    district = unit("491", "Huyện Hòa Vang", UnitKind.DISTRICT, merged.city, None, TWO_TIERS_FROM)
    unit("20320", "Xã Hòa Phong", UnitKind.COMMUNE, district, None, TWO_TIERS_FROM)
    client = signed_in(Role.OFFICER)
    assert "<h1>Xã Hòa Vang</h1>" in text_of(client, "/don-vi/20320/")
    assert "<h1>Xã Hòa Phong</h1>" in text_of(client, f"/don-vi/20320/?ngay={date(2025, 6, 30)}")
    assert "<h1>Xã Hòa Phong</h1>" in text_of(client, "/don-vi/20320/?den=2025-07-01")
