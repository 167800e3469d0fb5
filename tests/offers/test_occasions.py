"""Who is reached on which day: birthdays on 29 February, Tết, weekends, and windows that follow one another."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.ground.calendar import WorkingCalendar
from namro.offers.formulas.occasions import anniversary, occasions, reach_day
from namro.offers.terms import Lead, LeapDay, Occasion, When, Window

CALENDAR = WorkingCalendar()
DAYS = st.dates(date(1960, 1, 1), date(2060, 12, 31))
LEADS = st.builds(Lead, days=st.integers(0, 90), working=st.booleans(), open_after=st.integers(0, 120))


def reached(when: When, lead: Lead, day: date, first: date, last: date) -> list[Occasion]:
    """Return the occasions of an entry with one day."""
    return list(occasions(when, lead, {when.date: day}, Window(first, last), CALENDAR))


@pytest.mark.parametrize(
    ("leap_day", "expected"), [(LeapDay.BEFORE, date(2026, 2, 28)), (LeapDay.AFTER, date(2026, 3, 1))]
)
def test_a_child_of_29_february_reaches_six_by_the_reading_given(leap_day: LeapDay, expected: date) -> None:
    assert anniversary(date(2020, 2, 29), 6, leap_day) == expected


@pytest.mark.parametrize("leap_day", list(LeapDay))
def test_in_a_leap_year_there_is_nothing_to_read(leap_day: LeapDay) -> None:
    assert anniversary(date(2020, 2, 29), 8, leap_day) == date(2028, 2, 29)


@given(DAYS, st.integers(0, 100), st.sampled_from(list(LeapDay)))
def test_an_anniversary_is_never_more_than_a_day_from_its_date(
    day: date, years: int, leap_day: LeapDay
) -> None:
    found = anniversary(day, years, leap_day)
    assert found.year == day.year + years
    if (found.month, found.day) != (day.month, day.day):
        assert (day.month, day.day) == (2, 29)
        assert (found.month, found.day) in {(2, 28), (3, 1)}


def test_whoever_is_due_within_tet_is_told_on_the_last_working_day_before_it() -> None:
    # Tết 2026 falls on Tuesday 17 February; offices are shut from the 16th to the 20th.
    assert reach_day(date(2026, 3, 4), Lead(days=15), CALENDAR) == date(2026, 2, 13)


def test_working_days_of_a_lead_leave_tet_out() -> None:
    assert reach_day(date(2026, 2, 25), Lead(days=5, working=True), CALENDAR) == date(2026, 2, 11)


@given(DAYS, LEADS)
def test_people_are_reached_on_a_working_day_and_never_with_less_time_than_promised(
    on: date, lead: Lead
) -> None:
    day = reach_day(on, lead, CALENDAR)
    assert CALENDAR.is_working(day)
    if lead.working:
        day_before = timedelta(days=1)
        assert CALENDAR.working_days_between(day - day_before, on - day_before) >= lead.days
    else:
        assert (on - day).days >= lead.days


@given(DAYS, LEADS, st.integers(1, 40), st.integers(1, 40))
def test_windows_that_follow_one_another_reach_whoever_is_due_in_exactly_one(
    on: date, lead: Lead, before: int, after: int
) -> None:
    due = reach_day(on, lead, CALENDAR)
    first, last = due - timedelta(days=before), due + timedelta(days=after)
    when = When("day")
    for cut in (due - timedelta(days=1), due):
        early = reached(when, lead, on, first, cut)
        on_time = [
            each for each in reached(when, lead, on, cut + timedelta(days=1), last) if each.reach_on == due
        ]
        assert len(early) + len(on_time) == 1


@given(DAYS, LEADS, st.integers(1, 400))
def test_whoever_was_missed_is_reached_while_the_offer_is_open_and_not_after(
    on: date, lead: Lead, late: int
) -> None:
    first = reach_day(on, lead, CALENDAR) + timedelta(days=late)
    found = reached(When("day"), lead, on, first, first + timedelta(days=30))
    closes = on + timedelta(days=lead.open_after)
    told = CALENDAR.next_working(first)
    assert [each.reach_on for each in found] == (
        [told] if told <= min(closes, first + timedelta(days=30)) else []
    )


def test_an_offer_may_close_before_the_occasion() -> None:
    lead = Lead(days=60, open_after=-30)
    found = reached(When("day"), lead, date(2025, 12, 31), date(2025, 10, 1), date(2025, 11, 30))
    assert found == [Occasion(date(2025, 12, 31), date(2025, 10, 31), date(2025, 12, 1))]
    assert reached(When("day"), lead, date(2025, 12, 31), date(2025, 12, 2), date(2025, 12, 31)) == []


def test_each_age_is_an_occasion_of_its_own_and_a_missing_day_is_none() -> None:
    when = When("day", (14, 16))
    found = reached(when, Lead(), date(2010, 3, 5), date(2024, 1, 1), date(2026, 12, 31))
    assert [each.on for each in found] == [date(2024, 3, 5), date(2026, 3, 5)]
    assert list(occasions(when, Lead(), {}, Window(date(2024, 1, 1), date(2026, 1, 1)), CALENDAR)) == []
