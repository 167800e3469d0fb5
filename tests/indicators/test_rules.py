"""Trajectories, distances and lights."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.indicators.rules import distance_to_target, expected_on, light
from namro.indicators.terms import Direction, Light, TargetDef

START, END = date(2025, 1, 1), date(2025, 4, 11)
LIGHTS = {"green": Decimal(80), "amber": Decimal(50)}


def target(*points: tuple[date, object]) -> TargetDef:
    """A target with these points."""
    exact = tuple((day, Decimal(str(value))) for day, value in points)
    return TargetDef("x", "48", START, exact, "", "", "48", END)


LINE = target((START, 40), (END, 90))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 12, 31), None),
        (START, 40),
        (START + timedelta(days=50), 65),
        (START + timedelta(days=1), "40.5"),
        (END, 90),
        (date(2026, 1, 1), 90),
    ],
)
def test_the_trajectory_is_linear_between_its_points(day: date, expected: object) -> None:
    assert expected_on(LINE, day) == (None if expected is None else Decimal(str(expected)))


def test_a_target_of_one_point_is_expected_only_when_it_is_due() -> None:
    one = target((END, 27))
    assert expected_on(one, END - timedelta(days=1)) is None
    assert expected_on(one, END) == 27
    assert one.final == (END, 27)


@given(st.integers(0, 99), st.integers(1, 100))
def test_a_rising_trajectory_never_falls(day: int, days: int) -> None:
    first, second = (expected_on(LINE, START + timedelta(days=n)) for n in (day, day + days))
    assert first <= second


def test_distance_is_positive_ahead_whichever_way_is_better() -> None:
    assert distance_to_target(Decimal(70), Decimal(65), Direction.UP) == 5
    assert distance_to_target(Decimal(70), Decimal(65), Direction.DOWN) == -5
    assert distance_to_target(None, Decimal(65), Direction.UP) is None
    assert distance_to_target(Decimal(70), None, Direction.UP) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [(80, Light.GREEN), ("79.9", Light.AMBER), (50, Light.AMBER), (49, Light.RED), (None, Light.NONE)],
)
def test_lights(value: object, shown: Light) -> None:
    assert light(None if value is None else Decimal(str(value)), LIGHTS, Direction.UP) is shown


def test_lights_when_less_is_better() -> None:
    less = {"green": Decimal(5), "amber": Decimal(10)}
    shown = [light(Decimal(value), less, Direction.DOWN) for value in (5, 6, 11)]
    assert shown == [Light.GREEN, Light.AMBER, Light.RED]
    assert light(Decimal(5), {}, Direction.DOWN) is Light.NONE
