"""Units of Đà Nẵng: the tree, and old names that lead to the new units."""

from datetime import date
from pathlib import Path

import pytest

from namro.organisation.actions import load_package
from namro.organisation.models import Boundary, Neighbour, Successor, Unit
from namro.organisation.queries import (
    agencies_of,
    communes_of,
    find_units,
    first_late_day,
    predecessors_of,
    unit_named,
    unit_on,
)
from namro.organisation.terms import Refused

pytestmark = pytest.mark.django_db
PACKAGE = Path(__file__).parents[2] / "packages" / "danang"
NOW = date(2025, 7, 9)
BEFORE = date(2025, 6, 30)


@pytest.fixture
def danang(db: None) -> Unit:
    load_package(PACKAGE)
    city = unit_on("48", NOW)
    assert city is not None
    return city


def test_the_city_has_94_communes_with_boundaries_and_at_least_45_agencies(danang):
    communes = communes_of(danang, NOW)
    kinds = [unit.kind for unit in communes]
    assert (kinds.count("ward"), kinds.count("commune"), kinds.count("special_zone")) == (23, 70, 1)
    assert Boundary.objects.filter(unit__in=communes).count() == 94
    assert agencies_of(danang, NOW).count() >= 45
    assert Unit.objects.filter(kind__in=("province", "city"), valid_to=None).count() == 34


def test_who_borders_on_whom_follows_from_the_outlines(danang):
    pairs = set(Neighbour.objects.values_list("unit__code", "other__code"))
    assert len({pair for pair in pairs if len(pair[0]) == len("20242")}) == 460
    assert all((other, unit) in pairs for unit, other in pairs)
    assert ("20242", "20209") in pairs, "Hải Châu and Thanh Khê"
    assert not any("20333" in pair for pair in pairs), "Hoàng Sa lies alone in the sea"


def test_loading_twice_changes_nothing(danang):
    rows, borders = sorted(Unit.objects.values_list()), sorted(Neighbour.objects.values_list())
    lines = sorted(Successor.objects.values_list("old", "new", "part"))
    load_package(PACKAGE)
    assert rows == sorted(Unit.objects.values_list())
    assert borders == sorted(Neighbour.objects.values_list())
    assert lines == sorted(Successor.objects.values_list("old", "new", "part"))


def test_every_old_commune_leads_to_a_unit_of_today(danang):
    ended = Unit.objects.filter(valid_to=date(2025, 7, 1), kind__in=("commune", "ward", "township"))
    assert ended.count() == 280
    assert not ended.filter(successors=None).exists()


@pytest.mark.parametrize(
    ("typed", "today"),
    [
        ("hoa khanh", "20200"),
        ("Phường Hoà Khánh", "20200"),
        ("20200", "20200"),
        ("tra linh", "20950"),
        ("Xã Trà Linh", "20950"),
    ],
)
def test_found_without_marks_and_with_either_tone_placement(danang, typed, today):
    assert find_units(typed, on=NOW)[0].unit.code == today


def test_an_old_ward_leads_to_the_new_one_and_says_so(danang):
    found = find_units("Hòa Hiệp Bắc", on=NOW)
    assert [(f.unit.name, f.through.name) for f in found if f.through] == [
        ("Phường Hải Vân", "Phường Hòa Hiệp Bắc")
    ]
    assert unit_named("Phường Hòa Hiệp Bắc", on=NOW).name == "Phường Hải Vân"


def test_the_divided_commune_asks_which_of_the_two(danang):
    assert {f.unit.name for f in find_units("hoa lien", on=NOW)} == {"Phường Hải Vân", "Phường Liên Chiểu"}
    with pytest.raises(Refused, match="Phường Hải Vân .*Phường Liên Chiểu"):
        unit_named("Xã Hòa Liên", on=NOW)


def test_an_old_district_leads_to_all_units_made_of_it(danang):
    found = {f.unit.name for f in find_units("huyen hiep duc", on=NOW, limit=50)}
    assert {"Xã Hiệp Đức", "Xã Việt An", "Xã Phước Trà"} <= found


def test_as_of_the_last_day_before_the_reform_the_old_unit_answers(danang):
    found = find_units("Phường Hòa Hiệp Bắc", on=BEFORE)
    assert found[0].unit.name == "Phường Hòa Hiệp Bắc"
    assert found[0].through is None


def test_the_code_that_was_used_twice_means_the_unit_of_the_day(danang):
    assert unit_on("20194", NOW).name == "Phường Hải Vân"
    assert unit_on("20194", BEFORE).name == "Phường Hòa Hiệp Bắc"


def test_an_unknown_name_is_refused_with_the_nearest(danang):
    with pytest.raises(Refused, match="Phường Hòa Khánh"):
        unit_named("Phường Hòa Khanhh", on=NOW)


def test_the_new_unit_knows_what_it_was_made_of(danang):
    assert predecessors_of(unit_on("20194", NOW)).count() == 4


def test_a_due_date_in_the_tet_holiday_runs_to_the_first_working_day_after_it(danang):
    assert first_late_day(date(2025, 1, 28)) == date(2025, 2, 4)
