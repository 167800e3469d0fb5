"""The working calendar with the swapped days of the place."""

from datetime import date, timedelta
from functools import cache

from namro.ground.calendar import Swap, WorkingCalendar
from namro.organisation.models import SwappedDay


@cache
def working_calendar() -> WorkingCalendar:
    """The working calendar with the loaded swapped days; read once a process, anew after a load."""
    rows = SwappedDay.objects.order_by("pk")
    return WorkingCalendar(Swap(row.off, row.worked, row.source, row.standing) for row in rows)


def first_late_day(due: date) -> date:
    """The first day on which what was due is late: a due date on a free day runs to the end of the next working day
    (Civil Code 91/2015/QH13, Article 148)."""
    return working_calendar().next_working(due) + timedelta(days=1)
