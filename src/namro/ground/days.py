"""Days as Vietnamese readers write them: 09/07/2025."""

import re
from calendar import monthrange
from datetime import date

_VIETNAMESE = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)


class DayRefused(ValueError):
    """A text that names no day of the calendar; the message is a Vietnamese sentence for the person."""


def format_day(day: date) -> str:
    """Return '09/07/2025'."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_long_day(day: date) -> str:
    """Return 'ngày 09 tháng 7 năm 2025', the form of documents (Decree 30/2020: 0 leads days below 10, months 1, 2)."""
    month = f"{day.month:02d}" if day.month <= 2 else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def parse_day(text: str) -> date:
    """Return the day of '09/07/2025', '9/7/2025' or '2025-07-09'; DayRefused if the calendar has no such day."""
    written = text.strip()
    found = _VIETNAMESE.fullmatch(written) or _ISO.fullmatch(written)
    if not found:
        raise DayRefused(f"“{written}” không phải là ngày: viết theo dạng ngày/tháng/năm, ví dụ 09/07/2025")
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    try:
        return date(year, month, day)
    except ValueError:
        raise DayRefused(_not_in_calendar(year, month, day)) from None


def _not_in_calendar(year: int, month: int, day: int) -> str:
    """Return why the day does not exist."""
    name = f"Ngày {day:02d}/{month:02d}/{year:04d} không có trong lịch"
    if year < 1:
        return f"{name}: năm phải từ 0001 trở đi"
    if not 1 <= month <= 12:
        return f"{name}: tháng phải từ 1 đến 12"
    return f"{name}: tháng {month} năm {year} có {monthrange(year, month)[1]} ngày"
