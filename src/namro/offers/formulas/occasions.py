"""The days on which something happens in a life, and the days on which the person is told: by the working calendar."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from namro.ground.calendar import WorkingCalendar
from namro.offers.terms import Lead, LeapDay, Occasion, When, Window

DAY = timedelta(days=1)


def anniversary(day: date, years: int, leap_day: LeapDay) -> date:
    """Return the same day so many years on; one born on 29 February by the reading given where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        last = date(day.year + years, 2, 28)
        return last if leap_day == LeapDay.BEFORE else last + DAY


def reach_day(on: date, lead: Lead, calendar: WorkingCalendar) -> date:
    """Return the day on which a person is reached: the lead before the occasion, on a working day or the last before
    it, so that a holiday (Tết lasts a week) never shortens the time people were to have."""
    day = calendar.add_working_days(on, -lead.days) if lead.working else on - lead.days * DAY
    return day if calendar.is_working(day) else calendar.add_working_days(day, -1)


def occasions(
    when: When, lead: Lead, days: Mapping[str, date], window: Window, calendar: WorkingCalendar
) -> Iterator[Occasion]:
    """Yield the occasions of an entry for which the person is reached within the window.

    Whose day to be reached has passed is reached on the first working day of the window, as long as the offer is
    still open then: a rule that begins today must not leave out those who are just past it.
    """
    start = days.get(when.date)
    if start is None:
        return
    for years in when.years:
        on = anniversary(start, years, when.leap_day)
        reach_on, closes_on = reach_day(on, lead, calendar), on + lead.open_after * DAY
        if reach_on < window.first:
            reach_on = calendar.next_working(window.first)
        if reach_on <= min(window.last, closes_on):
            yield Occasion(on, reach_on, closes_on)
