"""Marks of an axis: round, from zero, around every value."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namro.pages.charts.ticks import ticks

VALUES = st.lists(st.none() | st.floats(-1e9, 1e9, allow_nan=False), max_size=20)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES)
def test_marks_hold_every_value_and_zero(values: list[float | None]) -> None:
    marks = ticks(values)
    known = [value for value in values if value is not None]
    slack = 1e-6 * max(1, *map(abs, marks))
    assert marks[0] - slack <= min([0, *known])
    assert marks[-1] + slack >= max([0, *known])
    assert 2 <= len(marks) <= 8
    assert marks == sorted(set(marks))


def test_marks_are_round() -> None:
    assert ticks([12, 42.7, 60]) == [0, 20, 40, 60]
    assert ticks([1_326_132]) == [0, 500_000, 1_000_000, 1_500_000]
    assert ticks([]) == [0, 1]
