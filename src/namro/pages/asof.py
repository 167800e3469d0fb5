"""The day a page is read for: `?ngay=2025-07-09`, today where none is given; kept by every link of the page."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from namro.ground import clock
from namro.ground.days import DayRefused, format_day, parse_day

PARAMETER = "ngay"


@dataclass(frozen=True)
class AsOf:
    """The day of a page, whether it has passed, and why the day asked for was not taken (empty: it was)."""

    day: date
    is_past: bool = False
    refusal: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What a link carries to stay on this day; nothing for today."""
        return {PARAMETER: self.day.isoformat()} if self.is_past else {}


def as_of(request: HttpRequest) -> AsOf:
    """Return the day asked for; a day that is none, or has not come yet, gives today and says why."""
    asked = request.GET.get(PARAMETER, "").strip()
    today = clock.today()
    if not asked:
        return AsOf(today)
    try:
        day = parse_day(asked)
    except DayRefused as refusal:
        return AsOf(today, refusal=_("%s. Đang hiện số liệu hôm nay.") % refusal)
    if day > today:
        return AsOf(today, refusal=_("Ngày %s chưa đến; đang hiện số liệu hôm nay.") % format_day(day))
    return AsOf(day, is_past=day < today)
