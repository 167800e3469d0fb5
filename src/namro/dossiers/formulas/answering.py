"""The days by which feedback is owed something: taken on or returned, asked for more, answered, published."""

from dataclasses import dataclass
from datetime import date, timedelta

from namro.dossiers.catalog.feedback import KindLimits
from namro.ground.calendar import WorkingCalendar

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Owed:
    """What is owed by when (the day itself included); `asked_by` holds for a request for more, if one is made."""

    judge_by: date
    asked_by: date
    answer_by: date


def owed(received: date, limits: KindLimits, calendar: WorkingCalendar) -> Owed:
    """Return the days by which a feedback of the day is owed its steps, all counted from the day after."""
    ends = [
        days_after(received, n, limits.unit, calendar)
        for n in (limits.judge, limits.supplement, limits.answer)
    ]
    return Owed(*ends)


def days_after(day: date, count: int, unit: str, calendar: WorkingCalendar) -> date:
    """Return the last day of a limit; calendar days that end on a free day run to the next working day."""
    if unit == "working":
        return calendar.add_working_days(day, count)
    return calendar.next_working(day + count * DAY)


def answer_by_after(answer_by: date, asked: date, added: date, unit: str, calendar: WorkingCalendar) -> date:
    """Return the answer's new last day when the sender was awaited from one day to another; a limit that had passed
    when more was asked stays passed."""
    if answer_by < asked:
        return answer_by
    if unit == "working":
        return calendar.add_working_days(answer_by, max(calendar.working_days_between(asked, added), 0))
    return calendar.next_working(answer_by + (added - asked))


def late_since(late_on: date | None, limit: date | None, day: date) -> date | None:
    """Return the day since which a limit is broken, as seen on a day: what was noted before is never erased."""
    if late_on is not None or limit is None or day <= limit:
        return late_on
    return limit + DAY
