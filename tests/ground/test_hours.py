"""Working hours are counted back over nights, noons, weekends and holidays."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.ground.calendar import WorkingCalendar
from namro.ground.clock import VIETNAM
from namro.ground.hours import HALVES, working_hours_before

CALENDAR = WorkingCalendar()
moments = st.integers(0, 1000 * 24 * 60).map(
    lambda n: datetime(2024, 3, 1, tzinfo=VIETNAM) + timedelta(minutes=n)
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of July 2025; the ninth was a Wednesday."""
    return datetime(2025, 7, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "hours", "since"),
    [
        (at(9, 10), 2, at(9, 8)),
        (at(9, 14), 4, at(9, 8)),
        (at(9, 12, 30), 4, at(9, 7, 30)),
        (at(9, 8), 4, at(8, 14)),
        (at(7, 8), 4, at(4, 14)),
        (at(6, 23), 8, at(4, 7, 30)),
        (at(9, 7), 16, at(7, 7, 30)),
    ],
)
def test_hours_of_the_office_are_counted_back(moment: datetime, hours: int, since: datetime) -> None:
    assert working_hours_before(moment, hours, CALENDAR) == since


@given(moment=moments, hours=st.integers(1, 40))
def test_exactly_so_many_hours_lie_between(moment: datetime, hours: int) -> None:
    since = working_hours_before(moment, hours, CALENDAR)
    assert CALENDAR.is_working(since.date())
    assert _worked(since, moment) == timedelta(hours=hours)


def _worked(first: datetime, last: datetime) -> timedelta:
    """The plain reading: every half of every working day, cut to the time between."""
    total, day = timedelta(), first.date()
    while day <= last.date():
        total += sum((_half(day, half, first, last) for half in HALVES), timedelta())
        day += timedelta(days=1)
    return total


def _half(day: date, half: tuple, first: datetime, last: datetime) -> timedelta:
    if not CALENDAR.is_working(day):
        return timedelta()
    start, end = (datetime.combine(day, hour, VIETNAM) for hour in half)
    return max(min(end, last) - max(start, first), timedelta())
