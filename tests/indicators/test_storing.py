"""Figures of the lake in the database: only what differs is written, and what was known on a day stays known."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from tests.builders import world
from tests.indicators.tables import definition

from namro.ground.period import Kind, Period
from namro.indicators.actions.storing import Told, store_computed
from namro.indicators.formulas.spread import FIGURES
from namro.indicators.formulas.tables import DAYS_KEPT
from namro.indicators.models import Figure
from namro.indicators.queries import figure
from namro.indicators.terms import Aggregate, Measure, Part
from namro.organisation.queries import current_by_code

ONE = definition("x", {Part.VALUE: Measure(Aggregate.COUNT)}, "loai", [Kind.DAY, Kind.MONTH, Kind.YEAR])
TODAY, LATER = date(2025, 7, 9), date(2025, 7, 20)
MAY, JUNE, JULY = "2025-05", "2025-06", "2025-07"


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    """The small world."""
    world(with_people=False)


def store(
    day: date,
    cells: dict[str | tuple[str, str], int | None],
    *,
    months: list[str] | None = None,
    version: int = 1,
) -> int:
    """Store values of the city by period, or by period and breakdown."""
    units = {code: unit.pk for code, unit in current_by_code().items()}
    keys = [key if isinstance(key, tuple) else (key, "") for key in cells]
    rows = [
        {
            "indicator": "x",
            "unit": "48",
            "period_kind": Period.parse(period).kind.value,
            "period_start": Period.parse(period).start,
            "breakdown": breakdown,
            "value": Decimal(value),
            "numerator": None,
            "denominator": None,
        }
        for (period, breakdown), value in zip(keys, cells.values(), strict=True)
    ]
    found = pa.Table.from_pylist(rows, schema=FIGURES)
    return store_computed(found, [replace(ONE, version=version)], units, Told("Nguồn", day), months=months)


def known(day: date, period: str, breakdown: str = "") -> tuple[int | None, date] | None:
    """The value of the city for a period as known on a day, and since when."""
    row = figure("x", "48", day, breakdown, period=Period.parse(period))
    return row and (None if row.value is None else int(row.value), row.as_of)


def test_the_same_twice_changes_nothing_and_a_change_stands_beside_what_was_known() -> None:
    assert store(TODAY, {MAY: 5, JUNE: 7, (JUNE, "a"): 3}) == 3
    assert store(LATER, {MAY: 5, JUNE: 7, (JUNE, "a"): 3}) == 0
    assert store(LATER, {MAY: 5, JUNE: 8, (JUNE, "a"): 3}) == 1
    assert known(TODAY, JUNE) == (7, TODAY)
    assert known(LATER, JUNE) == (8, LATER)
    assert known(LATER, MAY) == (5, TODAY)
    assert Figure.objects.get(breakdown="a").source == "Nguồn"


def test_of_a_running_period_only_the_last_state_is_kept() -> None:
    store(TODAY, {JULY: 1, "2025": 10})
    store(LATER, {JULY: 2, "2025": 11})
    assert Figure.objects.count() == 2
    assert known(LATER, JULY) == (2, LATER)
    store(date(2025, 8, 3), {JULY: 3, "2025": 12})
    store(date(2025, 8, 9), {JULY: 4, "2025": 12})
    assert [known(date(2025, 8, day), JULY) for day in (3, 9)] == [
        (3, date(2025, 8, 3)),
        (4, date(2025, 8, 9)),
    ]


def test_what_is_no_more_has_no_value_from_then_on() -> None:
    store(TODAY, {MAY: 5, JUNE: 7, JULY: 1})
    assert store(LATER, {MAY: 5}) == 2
    assert known(TODAY, JUNE) == (7, TODAY)
    assert known(LATER, JUNE) == (None, LATER)
    assert known(LATER, JULY) is None
    assert store(LATER, {MAY: 5}) == 0


def test_what_came_and_went_on_one_day_was_never_known() -> None:
    store(TODAY, {MAY: 5, JUNE: 7})
    store(TODAY, {MAY: 5})
    assert known(TODAY, JUNE) is None
    store(LATER, {MAY: 6})
    store(LATER, {JUNE: 1})
    assert [known(day, MAY) for day in (TODAY, LATER)] == [(5, TODAY), (None, LATER)]


def test_late_data_touch_their_months_alone() -> None:
    store(TODAY, {MAY: 5, JUNE: 7, "2025-06-03": 1, "2025-05-30": 2})
    store(LATER, {JUNE: 9}, months=[JUNE])
    assert [known(LATER, key) for key in (MAY, "2025-05-30")] == [(5, TODAY), (2, TODAY)]
    assert [known(LATER, key) for key in (JUNE, "2025-06-03")] == [(9, LATER), (None, LATER)]


def test_days_go_after_a_while_and_months_stay() -> None:
    store(TODAY, {"2025-07-01": 1, MAY: 5})
    later = date(2025, 7, 1) + timedelta(days=DAYS_KEPT)
    store(later, {MAY: 5})
    assert list(Figure.objects.values_list("period", flat=True)) == [MAY]


def test_an_earlier_day_never_undoes_a_later_one() -> None:
    store(LATER, {MAY: 6})
    store(TODAY, {MAY: 5})
    assert [known(day, MAY) for day in (TODAY, LATER)] == [(5, TODAY), (6, LATER)]


def test_a_new_version_of_the_definition_is_told() -> None:
    store(TODAY, {MAY: 5})
    assert store(LATER, {MAY: 5}, version=2) == 1
    assert list(Figure.objects.order_by("as_of").values_list("version", flat=True)) == [1, 2]
