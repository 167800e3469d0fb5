"""Working hours: eight a working day, in the two halves in which offices of the state are open."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from namro.ground.calendar import WorkingCalendar

# 07:30–11:30 and 13:30–17:30: eight hours (Labour Code 2019, article 105); each place may set its own halves.
HALVES = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))


def working_hours_before(moment: datetime, hours: int, calendar: WorkingCalendar) -> datetime:
    """Return the latest moment from which on so many working hours have passed by the one given."""
    left = timedelta(hours=hours)
    for start, end in _spans_back(moment, calendar):
        if end - start >= left:
            return end - left
        left -= end - start
    raise AssertionError("the working days have no end")


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
