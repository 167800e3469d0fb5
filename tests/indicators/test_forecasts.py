"""Forecasts: none where there is too little to go by; the interval holds what is expected and the bounds hold both."""

import math

import pytest

from namro.ground.period import Kind
from namro.indicators.formulas.forecasts import WAYS, outlook, unbroken

# A rate that rises and strays a little, the same in every run.
RISING = [50 + 1.2 * month + 1.5 * math.sin(2.4 * month) for month in range(24)]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (RISING[:17], Kind.MONTH),  # too short
        ([*RISING, None, *RISING[:10]], Kind.MONTH),  # a gap, and too short from there on
        ([70.0] * 24, Kind.MONTH),  # it does not move
        (RISING, Kind.QUARTER),  # no way to forecast these
        ([], Kind.DAY),
    ],
)
def test_where_there_is_too_little_to_go_by_there_is_none(values: list[float | None], kind: Kind) -> None:
    assert outlook(values, kind) is None


def test_only_what_follows_the_last_gap_counts() -> None:
    assert unbroken([1, None, 2, 3]) == [2, 3]
    assert unbroken([1, None]) == []


def test_months_go_on_with_an_interval_that_widens_and_with_what_it_came_to_on_history() -> None:
    found = outlook(RISING, Kind.MONTH, low=0, high=100)
    assert found is not None
    assert len(found.steps) == WAYS[Kind.MONTH].steps
    assert all(step.low < step.middle < step.high for step in found.steps)
    widths = [step.high - step.low for step in found.steps]
    assert widths == sorted(widths)
    assert abs(found.steps[0].middle - (50 + 1.2 * 24)) < 5  # it goes on, near the line of history
    assert found.tried == 4 * 3 + 2 + 1  # three steps ahead from each origin, fewer near the end
    assert found.history == 24


def test_what_came_otherwise_than_said_is_counted_against_it() -> None:
    steady, upset = outlook(RISING, Kind.MONTH), outlook([*RISING[:-1], 500.0], Kind.MONTH)
    assert steady is not None
    assert upset is not None
    assert steady.tried == upset.tried
    assert upset.covered < steady.covered
    assert upset.error > steady.error


def test_a_rate_is_not_forecast_beyond_a_hundred() -> None:
    near = [min(99.9, 88 + month * 0.9 + math.sin(month)) for month in range(24)]
    found = outlook(near, Kind.MONTH, low=0, high=100)
    assert found is not None
    assert all(step.high <= 100 for step in found.steps)


def test_days_keep_the_rhythm_of_their_week() -> None:
    week = [100.0, 98, 102, 101, 99, 40, 30]
    days = [week[day % 7] + math.sin(day) for day in range(91)]
    found = outlook(days, Kind.DAY, low=0)
    assert found is not None
    assert len(found.steps) == 14
    for place, step in enumerate(found.steps):
        assert abs(step.middle - week[(91 + place) % 7]) < 6
