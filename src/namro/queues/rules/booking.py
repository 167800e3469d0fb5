"""Appointments and opening hours: which slots there are, who may have one, when a ticket is given."""

from collections.abc import Iterable
from datetime import date, time

from namro.ground.days import format_day
from namro.organisation.terms import Refused
from namro.queues.terms import Halves


def minute_of(at: time) -> float:
    """Return the minute of the day of a time."""
    return at.hour * 60 + at.minute + at.second / 60


def minute_of_text(text: str) -> float:
    """Return the minute of the day of '07:30'; ValueError with a Vietnamese sentence for another text."""
    try:
        return minute_of(time.fromisoformat(text))
    except (TypeError, ValueError):
        raise ValueError(f"“{text}” không phải giờ dạng 07:30") from None


def clock_of(minute: float) -> str:
    """Return a minute of the day as '09:05'."""
    whole = int(minute)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def slots_of(halves: Halves, minutes: int) -> list[int]:
    """Return the minutes of the day at which slots begin that end before the office closes for lunch or the day."""
    return [
        start for opens, closes in halves for start in range(int(opens), int(closes) - minutes + 1, minutes)
    ]


def check_slot(
    slot: int, day: date, *, offered: Iterable[date], slots: Iterable[int], now: float, today: date
) -> None:
    """Refuse a day or a time at which no appointment is given, or which has passed."""
    if day not in set(offered):
        raise Refused(
            f"Ngày {format_day(day)} không nhận đặt hẹn; hãy chọn một ngày trong danh sách.", field="day"
        )
    if slot not in set(slots):
        raise Refused(f"Không có giờ hẹn {clock_of(slot)}; hãy chọn một giờ trong danh sách.", field="slot")
    if day == today and slot <= now:
        raise Refused(f"Giờ hẹn {clock_of(slot)} hôm nay đã qua; hãy chọn giờ sau.", field="slot")


def check_place(taken: int, places: int, slot: int) -> None:
    """Refuse a slot whose places are all taken."""
    if taken >= places:
        raise Refused(f"Giờ {clock_of(slot)} vừa hết chỗ; hãy chọn giờ khác.", field="slot")


def check_issue(*, now: float, halves: Halves, open_counters: int, waiting: int, most_waiting: int) -> None:
    """Refuse a ticket when the day is over and no counter works on, or when the hall is full."""
    if now >= halves[-1][1] and not open_counters:
        raise Refused(
            f"Hôm nay bộ phận một cửa nhận số đến {clock_of(halves[-1][1])}; mời đặt hẹn cho ngày làm việc sau."
        )
    if waiting >= most_waiting:
        raise Refused(
            f"Đang có {waiting} người chờ, nhiều hơn sức phục vụ hôm nay; mời đặt hẹn hoặc nộp trực tuyến."
        )


def through_hours(now: float, work: float, halves: Halves) -> float:
    """Return how many minutes of the clock pass until so many minutes of work are done; work goes on past closing."""
    at, left = now, work
    for place, (opens, closes) in enumerate(halves):
        at = max(at, opens)
        room = closes - at
        if (room > 0 and left <= room) or place == len(halves) - 1:
            return at + left - now
        left -= max(room, 0.0)
    raise AssertionError("an office has hours")


def open_minutes(start: float, end: float, halves: Halves) -> float:
    """Return how many minutes of work lie between two minutes of a day: what `through_hours` makes of them, undone."""
    last = len(halves) - 1
    return sum(
        max(0.0, (end if place == last else min(end, closes)) - max(start, opens))
        for place, (opens, closes) in enumerate(halves)
    )
