"""Times in a text: dates that do not exist, and dates that say otherwise than the due date does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from namro.ground.days import DayRefused, format_day, parse_day
from namro.ground.period import Kind, Period
from namro.tasks.clarity.reading import Reading
from namro.tasks.clarity.terms import Draft, Finding, Severity, Topic
from namro.tasks.clarity.words import ClarityWords

# A due date moved off a weekend or a holiday still agrees with the text.
_LEEWAY = timedelta(days=3)
_FULL_DATE = re.compile(r"(?<![\w/.-])\d{1,2}([/.-])\d{1,2}\1\d{4}(?![\w/-])", re.ASCII)
_SHORT_DATE = re.compile(r"(?<![\w/.-])\d{1,2}[/-]\d{1,2}(?![\w/.-]*\d)", re.ASCII)
_LONGEST_TIME = 7

# Each is tried on the folded syllables behind “trước”, “trong”, “hết”…; a year left out is that of the due date.
_TIMES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.DAY, re.compile(r"ngay (?P<day>\d{1,2}) thang (?P<month>\d{1,2})(?: nam (?P<year>\d{4}))?\b")),
    (Kind.DAY, re.compile(r"(?:ngay )?(?P<day>\d{1,2}) (?P<month>\d{1,2})(?: (?P<year>\d{4}))?\b(?! \d)")),
    (Kind.HALF, re.compile(r"(?:6|sau) thang (?P<half>dau|cuoi) nam(?: (?P<year>\d{4}))?\b")),
    (Kind.MONTH, re.compile(r"thang (?P<month>\d{1,2})(?:(?: nam)? (?P<year>\d{4}))?\b")),
    (Kind.QUARTER, re.compile(r"quy (?P<quarter>iii|ii|iv|i|[1-4])(?:(?: nam)? (?P<year>\d{4}))?\b")),
    (Kind.YEAR, re.compile(r"nam (?P<year>\d{4})\b")),
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Deadline:
    """A time by which the text says the work must be done, and the first day that agrees with it."""

    start: int
    end: int
    earliest: date
    latest: date


def check_times(draft: Draft, words: ClarityWords) -> Iterator[Finding]:
    """Yield findings on dates that do not exist, a due date before the start, and texts that contradict it."""
    for name in ("work", "result", "authority"):
        yield from _no_such_days(name, getattr(draft, name))
    if draft.due is None:
        return
    if draft.start is not None and draft.due < draft.start:
        yield _due_before_start(draft.start, draft.due)
    for name in ("work", "result"):
        yield from _contradictions(name, Reading(getattr(draft, name)), draft, draft.due, words)


def holds_date(clause: Reading, words: ClarityWords) -> bool:
    """Tell whether a clause says when: by a date, or by words such as “hằng tháng”, “trong … ngày”."""
    return bool(date_spans(clause)) or bool(clause.find(words.dates))


def date_spans(reading: Reading) -> list[tuple[int, int]]:
    """Return where dates stand in a text: 30/9/2025, and 30/9 behind “ngày” or the like."""
    full = [found.span() for found in _FULL_DATE.finditer(reading.text)]
    short = [
        found.span()
        for found in _SHORT_DATE.finditer(reading.text)
        if _word_before(reading, found.start()) in ("ngay", "truoc", "het", "den", "tu", "la")
    ]
    return full + short


def _no_such_days(name: str, text: str) -> Iterator[Finding]:
    """Yield a finding for each full date that the calendar does not have."""
    for found in _FULL_DATE.finditer(text):
        try:
            parse_day(found.group())
        except DayRefused as refusal:
            yield Finding(
                "no_such_day",
                Topic.DUE,
                name,
                f"{refusal}.",
                "Sửa lại ngày trong văn bản.",
                span=found.span(),
            )


def _due_before_start(start: date, due: date) -> Finding:
    """Return the finding on a due date that lies before the start."""
    return Finding(
        "due_before_start",
        Topic.DUE,
        "due",
        f"Hạn {format_day(due)} trước ngày bắt đầu {format_day(start)}.",
        "Sửa một trong hai ngày.",
        Severity.MISSING,
    )


def _contradictions(
    name: str, reading: Reading, draft: Draft, due: date, words: ClarityWords
) -> Iterator[Finding]:
    """Yield a finding for each deadline in the text that the due date contradicts."""
    # “Số hóa tài liệu trước ngày 01/7/2025”: a time before the work begins tells of what it is about.
    ahead = [each for each in _deadlines(reading, due, words) if not draft.start or each.latest > draft.start]
    for each in _at_odds(ahead, due):
        written = reading.text[each.start : each.end]
        instead = f"trước ngày {format_day(due)}"
        yield Finding(
            "contradicts_due",
            Topic.DUE,
            name,
            f"Văn bản ghi “{written}” nhưng hạn của nhiệm vụ là {format_day(due)}.",
            f"Sửa văn bản thành “{instead}”, hoặc sửa hạn cho khớp.",
            span=(each.start, each.end),
            replacement=instead[:1].upper() + instead[1:] if written[:1].isupper() else instead,
        )


def _at_odds(deadlines: list[Deadline], due: date) -> list[Deadline]:
    """Return the deadlines later than the due date; failing these the last one, if all end too early.

    Earlier ones beside one that agrees are milestones.
    """
    later = [each for each in deadlines if each.earliest > due]
    if later or any(each.earliest <= due <= each.latest for each in deadlines):
        return later
    return [max(deadlines, key=lambda each: each.latest)] if deadlines else []


def _deadlines(reading: Reading, due: date, words: ClarityWords) -> Iterator[Deadline]:
    """Yield the times that stand behind a word such as “trước” or “trong” and mean something on the calendar."""
    place = 0
    while place < len(reading.syllables):
        before = reading.length_at(place, words.due_before)
        length = before or reading.length_at(place, words.due_within)
        found = _time_at(reading, place + length, due.year) if length else None
        if found is None:
            place += 1
            continue
        period, behind = found
        start, end = reading.syllables[place].start, reading.syllables[behind - 1].end
        yield _deadline(start, end, period, is_before=bool(before))
        place = behind


def _deadline(start: int, end: int, period: Period, *, is_before: bool) -> Deadline:
    """Return which due dates agree with a time: up to a day, or within (for “trước”: up to) a longer period."""
    if period.kind is Kind.DAY:
        return Deadline(start, end, period.start - _LEEWAY, period.end)
    if is_before:
        return Deadline(start, end, period.previous().start, period.start)
    return Deadline(start, end, period.start, period.end)


def _time_at(reading: Reading, place: int, year: int) -> tuple[Period, int] | None:
    """Return the time that stands at a place and the place behind it, None if there is none on the calendar."""
    ahead = reading.syllables[place : place + _LONGEST_TIME]
    folded = " ".join(each.folded for each in ahead)
    for kind, pattern in _TIMES:
        found = pattern.match(folded)
        if found:
            period = _period(kind, found.groupdict(), year)
            return (period, place + len(found.group().split())) if period else None
    return None


def _period(kind: Kind, parts: dict[str, str | None], year: int) -> Period | None:
    """Return the period of the parts of a time, None if the calendar has no such one."""
    of_year = int(parts.get("year") or year)
    month = int(parts.get("month") or 1)
    if parts.get("quarter"):
        quarter = parts["quarter"] or ""
        month = 3 * (_QUARTERS.get(quarter) or int(quarter)) - 2
    if parts.get("half") == "cuoi":
        month = 7
    try:
        return Period.containing(kind, date(of_year, month, int(parts.get("day") or 1)))
    except ValueError:
        return None


def _word_before(reading: Reading, position: int) -> str:
    """Return the folded syllable that ends before a position."""
    return next((each.folded for each in reversed(reading.syllables) if each.end <= position), "")
