"""Waits, counters and coverage in words."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from namro.ground.clock import VIETNAM
from namro.ground.numbers import format_number, format_percent
from namro.queues.models import Ticket
from namro.queues.queries import Coverage, Forecast, Place
from namro.queues.rules.booking import clock_of
from namro.queues.terms import Interval, State

LONG = 90  # minutes above which hours are easier to read


def minutes_words(minutes: int) -> str:
    """Return '25 phút' or '1 giờ 40 phút'."""
    if minutes <= LONG:
        return _("%s phút") % format_number(minutes)
    return _("%(hours)s giờ %(minutes)s phút") % {"hours": minutes // 60, "minutes": minutes % 60}


def interval_words(told: Interval) -> str:
    """Return the wait as '10 đến 25 phút', or that there is nearly none."""
    if told.high <= 2:
        return _("gần như không phải chờ")
    if told.high <= LONG:
        return _("%(low)s đến %(high)s phút") % {"low": told.low, "high": told.high}
    return _("%(low)s đến %(high)s") % {"low": minutes_words(told.low), "high": minutes_words(told.high)}


def clock_words(told: Interval, now: datetime) -> str:
    """Return when the call will come by the clock: 'khoảng 09:10 đến 09:25'."""
    low, high = (now.astimezone(VIETNAM) + timedelta(minutes=each) for each in (told.low, told.high))
    return _("khoảng %(low)s đến %(high)s") % {"low": f"{low:%H:%M}", "high": f"{high:%H:%M}"}


def ticket_words(row: Ticket, place: Place) -> str:
    """Return the sentence a ticket's page begins with."""
    if row.state in (State.CALLED, State.SERVING) and row.counter:
        return _("Mời số %(number)s đến quầy %(counter)s") % {
            "number": row.number,
            "counter": row.counter.number,
        }
    if row.state == State.WAITING:
        if place.is_near:
            return _("Sắp đến lượt số %s, mời ở gần quầy") % row.number
        return _("Số %(number)s: còn %(ahead)s người trước bạn") % {
            "number": row.number, "ahead": format_number(place.ahead),
        }  # fmt: skip
    return {
        State.HELD: _("Số %s đang được quầy giữ chỗ; hãy quay lại quầy khi xong giấy tờ"),
        State.DONE: _("Số %s đã làm xong"),
        State.NO_SHOW: _("Số %s đã được gọi mà không thấy; hãy báo quầy để vào chờ lại"),
    }.get(State(row.state), _("Số %s đã bỏ")) % row.number


def basis_words(told: Forecast, level: float) -> str:
    """Return what an interval is founded on."""
    if told.told.is_calibrated and told.is_synthetic:
        return _("Cứ 100 lần báo thì ít nhất khoảng %s lần đúng, tính từ những lần chờ mô phỏng.") % round(
            level * 100
        )
    if told.told.is_calibrated:
        return _("Cứ 100 lần báo thì ít nhất khoảng %s lần đúng, tính từ những lần chờ trước.") % round(
            level * 100
        )
    return _("Chưa đủ lịch sử để hiệu chỉnh; khoảng này chỉ là ước tính.")


def coverage_words(found: Coverage) -> str:
    """Return '81,2 % (1.204 trên 1.483 lần)'."""
    return _("%(share)s (%(inside)s trên %(all)s lần)") % {
        "share": format_percent((found.share or 0) * 100), "inside": format_number(found.inside),
        "all": format_number(found.all),
    }  # fmt: skip


def hours_words(halves: tuple[tuple[float, float], ...]) -> str:
    """Return '07:30 – 11:30, 13:30 – 17:30'."""
    return ", ".join(f"{clock_of(opens)} – {clock_of(closes)}" for opens, closes in halves)
