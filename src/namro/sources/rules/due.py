"""When a return is due, and how it stands on a day."""

from datetime import date, timedelta

from namro.ground.calendar import WorkingCalendar
from namro.ground.period import Period
from namro.sources.terms import DueRule, FormDef, ReturnState


def due_day(rule: DueRule, period: Period, calendar: WorkingCalendar, *, born: date | None = None) -> date:
    """Return the last day on which a return for the period is on time.

    A unit owes nothing before it exists: one born after the period's end counts from the day it was born.
    """
    start = max(period.end, born - timedelta(days=1)) if born else period.end
    if rule.working_days is not None:
        return calendar.add_working_days(start, rule.working_days)
    following = start.replace(day=1) + timedelta(days=32)
    return calendar.next_working(following.replace(day=rule.day_of_month or 1))


def return_state(*, due: date, sent: date | None, day: date) -> ReturnState:
    """Return how a return stands at the end of a day; what was sent later counts as not sent."""
    if sent is not None and sent <= day:
        return ReturnState.ON_TIME if sent <= due else ReturnState.LATE
    return ReturnState.WAITING if day <= due else ReturnState.MISSING


def periods_asked(form: FormDef, day: date) -> list[Period]:
    """Return the periods that have ended before the day, oldest first, since the form was first asked for."""
    period, found = Period.parse(form.first_period), []
    while period.end < day:
        found.append(period)
        period = period.next()
    return found
