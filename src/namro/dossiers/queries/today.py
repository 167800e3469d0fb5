"""The one door to time for dossiers and what is built on them: the clock, or the last day of seeded dossiers."""

from datetime import date, datetime

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from namro.dossiers.models import SeedRun
from namro.ground import clock
from namro.ground.days import format_day


def now() -> datetime:
    """The present moment; where made-up dossiers reach beyond it, their last day at the clock's time of day."""
    return as_of(clock.now(), SeedRun.objects.aggregate(last=Max("last_day"))["last"])


def as_of(moment: datetime, last: date | None) -> datetime:
    """The moment, or the last day of seeded dossiers (None: there are none) at its time of day where that is later."""
    if last is None or last <= moment.date():
        return moment
    return datetime.combine(last, moment.timetz())


def today() -> date:
    """The present day by the same door."""
    return now().date()


def notice() -> str:
    """The line that pages with made-up dossiers show; empty where there are none."""
    span = SeedRun.objects.aggregate(first=Min("first_day"), last=Max("last_day"))
    if span["last"] is None:
        return ""
    first, last, read = format_day(span["first"]), format_day(span["last"]), format_day(today())
    return _("Hồ sơ mô phỏng từ %(first)s đến %(last)s; trang đọc như ngày %(read)s.") % {
        "first": first, "last": last, "read": read,
    }  # fmt: skip
