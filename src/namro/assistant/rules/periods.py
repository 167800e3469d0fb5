"""The period that a question names, in words: 'quý 3', 'tháng 6/2025', '6 tháng đầu năm', 'năm ngoái'; and its day."""

import re
from datetime import date

from namro.ground.days import DayRefused, parse_day
from namro.ground.period import Period
from namro.ground.text import fold, nfc

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_HALF = re.compile(r"\b(?:6|sau) thang (dau|cuoi)(?: nam)?(?: (\d{4}))?")
_QUARTER = re.compile(r"\b(?:quy|q) ?([1-4]|i{1,3}|iv)\b(?: (?:nam )?(\d{4}))?")
_MONTH = re.compile(r"\bthang (\d{1,2})\b(?: (?:nam )?(\d{4}))?")
_YEAR = re.compile(r"\bnam (\d{4}|nay|ngoai|truoc)\b")
# A day as of which the law is asked: 'tại ngày 01/01/2020', 'luật nào có hiệu lực vào ngày 1/1/2020'; no day of a life.
_WRITTEN = r"(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\b"
_NGAY = r"(?:(?:thời điểm|thoi diem)\s+)?(?:ngày|ngay)\s+"
_OF_LAW = r"\b(?:hiệu lực|hieu luc|quy định|quy dinh|luật|luat|áp dụng|ap dung|điều \d+|dieu \d+)\b"
_AS_OF = re.compile(
    rf"(?i)\b(?:tại|tai|tính đến|tinh den)\s+{_NGAY}{_WRITTEN}"
    rf"|{_OF_LAW}[^.;?!\d]{{0,60}}?\b(?:vào|vao)\s+{_NGAY}{_WRITTEN.replace('<day>', '<other>')}"
)


def day_in(question: str) -> tuple[date | None, str]:
    """Return the day as of which a question asks, None where it names none, and the question without that day."""
    found = _AS_OF.search(nfc(question))
    if not found:
        return None, question
    written = found["day"] or found["other"]
    try:
        day = parse_day(written)
    except DayRefused:
        return None, question
    left = nfc(question).replace(written, " ")
    return day, " ".join(left.split())


def period_in(question: str, today: date) -> Period | None:
    """Return the period a question names, None where it names none; without a year the last that has begun is meant."""
    said = fold(question)
    try:
        return next(filter(None, (read(said, today) for read in (_half, _quarter, _month, _year))), None)
    except ValueError:  # a year that no calendar has: 0000
        return None


def _half(said: str, today: date) -> Period | None:
    found = _HALF.search(said)
    return _dated(f"-H{1 if found[1] == 'dau' else 2}", found[2], today) if found else None


def _quarter(said: str, today: date) -> Period | None:
    found = _QUARTER.search(said)
    return _dated(f"-Q{_ROMAN.get(found[1]) or found[1]}", found[2], today) if found else None


def _month(said: str, today: date) -> Period | None:
    found = _MONTH.search(said)
    if not found or not 1 <= int(found[1]) <= 12:
        return None
    return _dated(f"-{int(found[1]):02d}", found[2], today)


def _year(said: str, today: date) -> Period | None:
    found = _YEAR.search(said)
    if not found:
        return None
    year = {"nay": today.year, "ngoai": today.year - 1, "truoc": today.year - 1}.get(found[1])
    return Period.parse(f"{year or int(found[1]):04d}")


def _dated(rest: str, year: str | None, today: date) -> Period:
    """The period with its year; the one of this year unless it has not begun yet."""
    found = Period.parse(f"{year or today.year}{rest}")
    return found if year or found.start <= today else Period.parse(f"{today.year - 1}{rest}")
