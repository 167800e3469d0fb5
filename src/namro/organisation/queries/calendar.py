"""The working calendar with the swapped days of the place."""

import time
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings

from namro.ground.calendar import Swap, WorkingCalendar
from namro.organisation.models import SwappedDay


def working_calendar() -> WorkingCalendar:
    """The working calendar with the loaded swapped days; a load in another process is seen within
    NAMRO_CALENDAR_SECONDS."""
    return _read(int(time.monotonic() // settings.NAMRO_CALENDAR_SECONDS))


def forget_calendar() -> None:
    """Read the swapped days anew at the next asking in this process."""
    _read.cache_clear()


@lru_cache(maxsize=1)
def _read(stretch: int) -> WorkingCalendar:
    """The calendar as it stood when first asked for in this stretch of time."""
    rows = SwappedDay.objects.order_by("pk")
    return WorkingCalendar(Swap(row.off, row.worked, row.source, row.standing) for row in rows)


def first_late_day(due: date) -> date:
    """The first day on which what was due is late: a due date on a free day runs to the end of the next working day
    (Civil Code 91/2015/QH13, Article 148)."""
    return working_calendar().next_working(due) + timedelta(days=1)
