"""When things happen: each rhythm moves its own days and no others."""

from datetime import date

import numpy as np
import pytest

from namro.flows.demo.centre.rhythms import Rhythms

SAID = {
    "tet": [date(2025, 1, 29)],
    "merger": date(2025, 7, 1),
    "begin": date(2024, 7, 1),
    "storms": [{"from": date(2024, 10, 26), "days": 4, "strength": 0.8, "places": ["rivers"]}],
    "places": {"rivers": ["20500"], "__line__": 1},
}


def days(*written: str) -> np.ndarray:
    return np.array(written, dtype="datetime64[D]")


@pytest.fixture
def rhythms() -> Rhythms:
    return Rhythms.of(SAID)


def test_a_week_begins_on_monday(rhythms: Rhythms) -> None:
    found = rhythms.factor(days("2025-07-07", "2025-07-13"), {"week": [1, 2, 3, 4, 5, 6, 7]})
    assert found.tolist() == [1, 7]


def test_tet_lasts_from_the_27th_to_the_seventh_day_and_no_longer(rhythms: Rhythms) -> None:
    found = rhythms.factor(days("2025-01-25", "2025-01-26", "2025-02-04", "2025-02-05"), {"tet": 0.3})
    assert found.tolist() == [1, 0.3, 0.3, 1]


def test_the_first_days_after_the_merger_are_the_hardest(rhythms: Rhythms) -> None:
    spec = {"merger": {"days": 10, "factor": 2.0}}
    found = rhythms.factor(days("2025-06-30", "2025-07-01", "2025-07-06", "2025-07-11", "2025-08-01"), spec)
    assert found.tolist() == [1, 2, 1.5, 1, 1]


def test_rhythms_are_multiplied(rhythms: Rhythms) -> None:
    spec = {"year": [1] * 6 + [3] + [1] * 5, "week": [2] + [1] * 6}
    assert rhythms.factor(days("2025-07-07", "2025-07-08", "2025-06-30"), spec).tolist() == [6, 3, 2]


def test_growth_is_by_the_year(rhythms: Rhythms) -> None:
    one_year_on = rhythms.factor(days("2024-07-01", "2025-07-01"), {"trend": 0.1})
    assert one_year_on == pytest.approx([1, 1.1], rel=1e-3)


def test_a_storm_is_strongest_on_its_first_day_and_at_its_places(rhythms: Rhythms) -> None:
    found = rhythms.storm(days("2024-10-25", "2024-10-26", "2024-10-28"), np.array(["20500", "20242"]))
    assert found[0].tolist() == [0, 0]
    assert found[1, 0] == pytest.approx(0.8)
    assert found[1, 0] > found[1, 1] > 0
    assert found[1, 0] > found[2, 0] > 0
