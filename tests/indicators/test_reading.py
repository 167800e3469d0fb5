"""What a chart's figures say, how far off a value is, and when figures are stale: pure rules."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from namro.ground.period import Kind, Period
from namro.indicators.rules import Seen, days_stale, reading, shortfall
from namro.indicators.terms import Direction, Light

LIGHTS = {"green": Decimal(2), "amber": Decimal(4)}
DAYS = [date(2025, 7, day) for day in (7, 8, 9)]


def seen(where: str, *values: str) -> list[Seen]:
    """Return values of one place on the days in turn."""
    return [Seen(where, day, float(value)) for day, value in zip(DAYS, values, strict=True)]


def test_a_reading_tells_last_before_extremes_and_who_is_in_the_red() -> None:
    own, other = seen("a", "1", "3", "2.5"), seen("b", "0.5", "1", "9")
    found = reading(own, own + other, LIGHTS, Direction.DOWN)
    assert (found.last, found.before) == (own[2], own[1])
    assert (found.high, found.low) == (other[2], other[0])
    assert (found.known, found.red, found.light, found.threshold) == (2, 1, Light.AMBER, Decimal(2))


def test_of_equal_extremes_the_newest_is_named() -> None:
    own = seen("a", "3", "1", "3")
    found = reading(own, own, {}, Direction.NONE)
    assert found.high == own[2]
    assert found.light is Light.NONE


def test_nothing_known_says_nothing() -> None:
    found = reading([], [], LIGHTS, Direction.UP)
    assert (found.last, found.high, found.known, found.light) == (None, None, 0, Light.NONE)
    assert shortfall(found, LIGHTS, Direction.UP) == 0


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=30))
def test_the_extremes_hold_every_value(values: list[Decimal]) -> None:
    every = [Seen(number, DAYS[number % 3], float(value)) for number, value in enumerate(values)]
    found = reading([], every, LIGHTS, Direction.DOWN)
    assert found.high is not None
    assert found.low is not None
    assert (found.high.value, found.low.value) == (float(max(values)), float(min(values)))


@given(st.decimals(0, 100, places=2), st.sampled_from([Direction.UP, Direction.DOWN]))
def test_what_is_in_the_red_and_only_that_falls_short(value: Decimal, direction: Direction) -> None:
    lights = LIGHTS if direction is Direction.DOWN else {"green": Decimal(90), "amber": Decimal(80)}
    own = [Seen("a", DAYS[0], float(value))]
    found = reading(own, own, lights, direction)
    assert (shortfall(found, lights, direction) > 0) == (found.light is Light.RED)


def test_figures_are_stale_when_the_next_should_have_come() -> None:
    june = Period(Kind.MONTH, date(2025, 6, 1))
    assert days_stale(june, date(2025, 8, 20)) == 0
    assert days_stale(june, date(2025, 8, 21)) == 52
    assert days_stale(june, date(2025, 8, 3), promised=2) == 34
    assert days_stale(Period(Kind.DAY, date(2025, 7, 6)), date(2025, 7, 9)) == 0
