"""Working hours: eight a working day, in the two halves in which offices of the state are open."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from namro.ground.calendar import WorkingCalendar
from namro.ground.clock import VIETNAM

# 07:30–11:30 and 13:30–17:30: eight hours (Labour Code 2019, article 105); each place may set its own halves.
HALVES = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))
WORKING_DAY = timedelta(hours=8)


def working_hours_before(moment: datetime, hours: int, calendar: WorkingCalendar) -> datetime:
    """Return the latest moment from which on so many working hours have passed by the one given."""
    left = timedelta(hours=hours)
    for start, end in _spans_back(moment, calendar):
        if end - start >= left:
            return end - left
        left -= end - start
    raise AssertionError("the working days have no end")


def working_time_between(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """Return the working time from one moment to another; negative where the end is before the start."""
    start, end = start.astimezone(VIETNAM), end.astimezone(VIETNAM)
    yesterday = timedelta(days=1)
    days = calendar.working_days_between(start.date() - yesterday, end.date() - yesterday)
    return days * WORKING_DAY - _worked_by(start, calendar) + _worked_by(end, calendar)


def after_working_time(moment: datetime, amount: timedelta, calendar: WorkingCalendar) -> datetime:
    """Return the first moment by which so much working time has passed; the moment itself for none.

    It is the end of a half day rather than the beginning of the next.
    """
    if amount <= timedelta():
        return moment
    moment = moment.astimezone(VIETNAM)
    # The end of the last of so many whole days is reached in that day itself.
    total = _worked_by(moment, calendar) + amount
    whole = -(-total // WORKING_DAY) - 1
    day = calendar.next_working(moment.date())
    return _after_work(calendar.add_working_days(day, whole), total - whole * WORKING_DAY)


def closing(day: date) -> datetime:
    """Return the moment at which offices close on the day."""
    return datetime.combine(day, HALVES[-1][1], VIETNAM)


def _worked_by(moment: datetime, calendar: WorkingCalendar) -> timedelta:
    """Return the working time of the moment's day that has passed."""
    if not calendar.is_working(moment.date()):
        return timedelta()
    passed = timedelta()
    for start, end in HALVES:
        opens = datetime.combine(moment.date(), start, moment.tzinfo)
        closes = datetime.combine(moment.date(), end, moment.tzinfo)
        passed += max(min(moment, closes) - opens, timedelta())
    return passed


def _after_work(day: date, amount: timedelta) -> datetime:
    """Return the moment of a working day by which so much of it has been worked."""
    for start, end in HALVES:
        opens, closes = datetime.combine(day, start, VIETNAM), datetime.combine(day, end, VIETNAM)
        if amount <= closes - opens:
            return opens + amount
        amount -= closes - opens
    raise AssertionError("more than a working day in one day")


def _spans_back(moment: datetime, calendar: WorkingCalendar) -> Iterator[tuple[datetime, datetime]]:
    """Yield the working halves before a moment, the last one first, the running one as far as it has come."""
    day: date = moment.date()
    if not calendar.is_working(day):
        day = calendar.add_working_days(day, -1)
    while True:
        for start, end in reversed(HALVES):
            opens = datetime.combine(day, start, moment.tzinfo)
            closes = min(datetime.combine(day, end, moment.tzinfo), moment)
            if closes > opens:
                yield opens, closes
        day = calendar.add_working_days(day, -1)
