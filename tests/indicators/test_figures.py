"""Figures stored and read: known on a day, by unit, over time, against targets, in a constant number of queries."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import TODAY, World, world
from tests.indicators.material import ENTRY

from namro.ground.period import Period
from namro.indicators.actions import load_definitions, load_targets, store_figures
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.catalog.targets import target_of
from namro.indicators.models import Definition, Figure, Target
from namro.indicators.queries import (
    breakdowns,
    definition,
    definitions,
    figure,
    figures_of_unit,
    find_definition,
    gaps,
    latest_by_unit,
    pairs_above,
    periods,
    recent_of_unit,
    standing,
    targets,
    trend,
)
from namro.indicators.terms import Computed, Light
from namro.organisation.queries import current_by_code, viewer
from namro.organisation.terms import Refused, Role

AIM = {
    "indicator": "ty_le",
    "unit": "48",
    "name": "Đạt 90 %",
    "set_on": date(2025, 3, 31),
    "points": [{"day": date(2025, 3, 31), "value": 30}, {"day": date(2025, 7, 9), "value": 50}],
    "source": "Kế hoạch",
    "owner": "48",
    "next_review": date(2025, 12, 31),
}


@pytest.fixture
def place(db: None) -> World:
    """A small world with one indicator declared."""
    load_definitions([(definition_of(ENTRY), ENTRY)], package="test")
    return world()


def computed(
    unit: str, part: object, whole: object, *, period: str = "2025-06", as_of: date = TODAY, **more: object
) -> Computed:
    """A figure of the rate."""
    top, bottom = Decimal(str(part)), Decimal(str(whole))
    value = top * 100 / bottom if bottom else None
    told = {"breakdown": "", "below": None, "source": "Biểu", "source_state": "fresh", "version": 1}
    return Computed(
        "ty_le", unit, period, value=value, numerator=top, denominator=bottom, as_of=as_of, **(told | more)
    )


def store(*figures: Computed, rebuilt: Iterable[str] = ()) -> None:
    """Store figures of today."""
    store_figures(figures, day=TODAY, rebuilt=rebuilt)


def test_a_figure_is_read_with_all_that_belongs_to_it(place: World) -> None:
    store(computed("48", 32, 75))
    found = figure("ty_le", "48", TODAY)
    assert (found.numerator, found.denominator, found.as_of, found.period) == (32, 75, TODAY, "2025-06")
    assert found.rounded(definition("ty_le")) == Decimal("42.7")
    assert found.text(definition("ty_le")) == "42,7\u00a0%"
    assert figure("ty_le", "01", TODAY) is None


def test_rounding_is_done_once_from_the_exact_ratio(place: World) -> None:
    store(computed("48", 4265, 10000), computed("01", 42_649_999_999_999, 100_000_000_000_000))
    declared = definition("ty_le")
    assert figure("ty_le", "48", TODAY).rounded(declared) == Decimal("42.7")
    assert figure("ty_le", "01", TODAY).rounded(declared) == Decimal("42.6")


def test_what_was_known_on_a_past_day_stays_known(place: World) -> None:
    store(computed("48", 1, 4, as_of=date(2025, 7, 3)), computed("48", 3, 4, as_of=date(2025, 7, 8)))
    assert figure("ty_le", "48", date(2025, 7, 2)) is None
    assert figure("ty_le", "48", date(2025, 7, 7)).value == 25
    assert figure("ty_le", "48", TODAY).value == 75


def test_the_last_period_goes_before_a_later_correction_of_an_older_one(place: World) -> None:
    store(computed("48", 1, 4, period="2025-05"), computed("48", 3, 4, as_of=date(2025, 7, 3)))
    assert figure("ty_le", "48", TODAY).value == 75
    assert figure("ty_le", "48", TODAY, period=Period.parse("2025-05")).value == 25


def test_a_running_period_that_one_unit_sent_early_does_not_stand_for_all(place: World) -> None:
    store(computed("48", 1, 2), computed("20194", 1, 2), computed("20320", 1, 4))
    store(computed("48", 9, 9, period="2025-07"), computed("20194", 9, 9, period="2025-07"))
    seer = viewer(place.people[Role.INSPECTOR], TODAY)
    assert figure("ty_le", "48", TODAY).period == "2025-06"
    assert [row.period for row in trend(seer, "ty_le", place.city, TODAY)] == ["2025-06"]
    assert {row.unit_code: row.period for row in latest_by_unit(seer, "ty_le", TODAY)} == {
        "48": "2025-06", "20194": "2025-06", "20320": "2025-06"
    }  # fmt: skip
    assert [row.period for row in figures_of_unit(seer, place.city, TODAY)] == ["2025-06"]
    assert [row.period for row in recent_of_unit(seer, place.city, TODAY)["ty_le", ""]] == ["2025-06"]
    assert figure("ty_le", "48", TODAY, period=Period.parse("2025-07")).value == 100


def test_a_running_period_stands_where_nothing_else_is_known_and_on_its_last_day(place: World) -> None:
    store(computed("48", 1, 2, period="2025"))
    assert figure("ty_le", "48", TODAY).period == "2025"
    store(computed("48", 1, 4, period="2025-07-09"))
    assert figure("ty_le", "48", TODAY).period == "2025-07-09"


def test_storing_twice_is_as_once(place: World) -> None:
    for _ in range(2):
        store(computed("48", 1, 4), computed("20194", 1, 2), rebuilt=["ty_le"])
    assert Figure.objects.count() == 2
    store(computed("48", 1, 5), rebuilt=["ty_le"])
    assert [f.value for f in Figure.objects.all()] == [20]


def test_what_is_not_rebuilt_is_not_forgotten(place: World) -> None:
    store(computed("48", 1, 4), computed("48", 1, 8, as_of=date(2025, 7, 8)))
    store(rebuilt=["khac"])
    store(computed("48", 1, 2), rebuilt=["ty_le"])
    assert figure("ty_le", "48", date(2025, 7, 8)).value == Decimal("12.5")


def test_trend_and_periods(place: World) -> None:
    months = ["2025-04", "2025-05", "2025-06"]
    store(*(computed("48", n, 4, period=month) for n, month in enumerate(months)))
    store(computed("48", 4, 4, period="2025-04", as_of=date(2025, 7, 1)))
    reader = viewer(place.people[Role.CLERK])
    line = trend(reader, "ty_le", place.city, TODAY)
    assert [(row.period, row.value) for row in line] == [("2025-04", 0), ("2025-05", 25), ("2025-06", 50)]
    assert [row.period for row in trend(reader, "ty_le", place.city, TODAY, limit=2)] == months[1:]
    assert [period.key for period in periods("ty_le", TODAY)] == months[::-1]


def test_by_unit_for_the_last_period(place: World) -> None:
    first, second, _ = (unit.code for unit in place.communes)
    store(computed(first, 1, 4), computed(second, 1, 2, period="2025-05"), computed("48", 1, 4))
    reader = viewer(place.people[Role.COMMUNE_OFFICER])
    assert {row.unit_code for row in latest_by_unit(reader, "ty_le", TODAY)} == {first, "48"}
    ids = [unit.pk for unit in place.communes]
    assert [row.unit_code for row in latest_by_unit(reader, "ty_le", TODAY, units=ids)] == [first]
    may = latest_by_unit(reader, "ty_le", TODAY, period=Period.parse("2025-05"))
    assert [(row.unit_code, row.value) for row in may] == [(second, 50)]


def test_all_figures_of_a_unit(place: World) -> None:
    store(computed("48", 1, 4), computed("48", 1, 2, breakdown="p"), computed("48", 1, 2, period="2025-05"))
    rows = figures_of_unit(viewer(place.people[Role.CLERK]), place.city, TODAY)
    assert [(row.breakdown, row.period, row.value) for row in rows] == [
        ("", "2025-06", 25),
        ("p", "2025-06", 50),
    ]
    assert breakdowns("ty_le", TODAY) == ["", "p"]


def test_the_last_periods_of_all_figures_of_a_unit(place: World) -> None:
    store(*(computed("48", n, 4, period=f"2025-0{n}") for n in (4, 5, 6)))
    store(computed("48", 1, 4, period="2025-06", as_of=date(2025, 7, 8)), computed("48", 1, 2, breakdown="p"))
    found = recent_of_unit(viewer(place.people[Role.CLERK]), place.city, TODAY, most=2)
    assert [(row.period, row.value) for row in found["ty_le", ""]] == [("2025-05", 125), ("2025-06", 150)]
    assert [row.value for row in found["ty_le", "p"]] == [50]


def test_a_stated_total_that_the_units_below_do_not_reach_is_a_gap(place: World) -> None:
    store(computed("48", 1, 4, below=Decimal(20)), computed("01", 1, 4, below=Decimal(25)))
    (gap,) = gaps(TODAY)
    assert (gap.unit_code, gap.gap) == ("48", 5)


def test_the_standing_against_the_target(place: World) -> None:
    load_targets([(target_of(AIM), AIM)], current_by_code(), package="test")
    store(computed("48", 32, 75))
    now = standing(definition("ty_le"), "48", TODAY)
    assert (now.expected, now.distance, now.light) == (50, Decimal("-7.3"), Light.AMBER)
    assert standing(definition("ty_le"), "48", date(2025, 3, 30)).target is None
    assert standing(definition("ty_le"), "01", TODAY).light is Light.NONE


def test_a_target_set_anew_stands_from_its_day(place: World) -> None:
    anew = AIM | {"set_on": date(2025, 7, 1), "points": [{"day": date(2025, 12, 31), "value": 60}]}
    for _ in range(2):
        load_targets([(target_of(aim), aim) for aim in (AIM, anew)], current_by_code(), package="test")
    assert Target.objects.count() == 2
    assert targets(date(2025, 6, 30))[0].final[1] == 50
    assert [t.final[1] for t in targets(TODAY, unit_code="48")] == [60]


def test_definitions_load_once_change_and_fall_out_of_use(place: World) -> None:
    assert load_definitions([(definition_of(ENTRY), ENTRY)], package="test") == 0
    changed = ENTRY | {"name": "Tỷ lệ mới", "version": 2}
    assert load_definitions([(definition_of(changed), changed)], package="test") == 1
    assert definition("ty_le").name == "Tỷ lệ mới"
    assert load_definitions([], package="test") == 1
    assert definitions() == []
    assert find_definition("ty_le").version == 2
    assert Definition.objects.count() == 1
    with pytest.raises(Refused, match="Không có chỉ tiêu «khong_co»"):
        definition("khong_co")


def test_pairs_above_name_every_unit_over_another(place: World) -> None:
    pairs = set(pairs_above())
    assert {("20194", "48"), ("20194", "VN"), ("48", "VN"), ("01", "VN")} <= pairs
    assert ("VN", "VN") not in pairs


def test_the_number_of_queries_does_not_grow(place: World) -> None:
    reader = viewer(place.people[Role.CLERK])

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            trend(reader, "ty_le", place.city, TODAY)
            latest_by_unit(reader, "ty_le", TODAY)
            figures_of_unit(reader, place.city, TODAY)
            figure("ty_le", "48", TODAY)
        return len(caught)

    store(computed("48", 1, 4))
    before = queries()
    units = [unit.code for unit in (*place.communes, *place.agencies, place.city)]
    store(*(computed(unit, 1, 4, period=f"2025-0{month}") for unit in units for month in range(1, 7)))
    assert queries() == before == 5
