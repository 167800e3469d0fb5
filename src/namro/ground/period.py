"""Period, the "when" of a figure: a day, week, month, quarter, half-year or year with its key and Vietnamese label."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, total_ordering


class Kind(StrEnum):
    """The lengths of time for which figures are kept."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}
_ROMAN = ("I", "II", "III", "IV")
_KEY = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)|Q(?P<quarter>[1-4])|H(?P<half>[12])))?",
    re.ASCII,
)


@total_ordering
@dataclass(frozen=True)
class Period:
    """A stretch of whole days, `start` to `end` inclusive; ordered by start, then the shorter first."""

    kind: Kind
    start: date

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))
        if _first_day(self.kind, self.start) != self.start:
            raise ValueError(f"{self.start} does not begin a {self.kind}")

    @classmethod
    def containing(cls, kind: str, day: date) -> "Period":
        """Return the period of this kind in which the day lies; ValueError if there is no such kind."""
        return cls(Kind(kind), _first_day(Kind(kind), day))

    @classmethod
    def parse(cls, key: str) -> "Period":
        """Return the period of a key such as '2025-H1'; ValueError with a Vietnamese sentence if it is none."""
        found = _KEY.fullmatch(key)
        try:
            if not found:
                raise ValueError(key)
            return _of_parts({name: int(part) for name, part in found.groupdict().items() if part})
        except ValueError:
            raise ValueError(
                f"Kỳ “{key}” không hợp lệ: viết như 2025-07-09, 2025-W28, 2025-07, 2025-Q3, 2025-H1 hoặc 2025"
            ) from None

    @cached_property
    def end(self) -> date:
        """The last day of the period."""
        if self.kind is Kind.DAY:
            return self.start
        if self.kind is Kind.WEEK:
            return self.start + timedelta(days=6)
        return _last_day(self.start.year, self.start.month + _MONTHS[self.kind] - 1)

    @cached_property
    def key(self) -> str:
        """The natural key, fit for addresses and databases: 2025-07-09, 2025-W28, 2025-07, 2025-Q3, 2025-H1, 2025."""
        start = self.start
        if self.kind is Kind.DAY:
            return start.isoformat()
        if self.kind is Kind.WEEK:
            return "{:04d}-W{:02d}".format(*start.isocalendar()[:2])
        return (
            f"{start.year:04d}"
            + {
                Kind.MONTH: f"-{start.month:02d}",
                Kind.QUARTER: f"-Q{self._number}",
                Kind.HALF: f"-H{self._number}",
                Kind.YEAR: "",
            }[self.kind]
        )

    @cached_property
    def label(self) -> str:
        """The name people use: '6 tháng đầu năm 2025', 'quý III/2025', 'ngày 09/07/2025'."""
        start = self.start
        if self.kind is Kind.WEEK:
            return "tuần {1:02d}/{0}".format(*start.isocalendar()[:2])
        return {
            Kind.DAY: f"ngày {start:%d/%m}/{start.year}",
            Kind.MONTH: f"tháng {start.month}/{start.year}",
            Kind.QUARTER: f"quý {_ROMAN[(start.month - 1) // 3]}/{start.year}",
            Kind.HALF: f"6 tháng {'đầu' if start.month == 1 else 'cuối'} năm {start.year}",
            Kind.YEAR: f"năm {start.year}",
        }[self.kind]

    def previous(self) -> "Period":
        """Return the period of the same kind just before."""
        return Period.containing(self.kind, self.start - timedelta(days=1))

    def next(self) -> "Period":
        """Return the period of the same kind just after."""
        return Period(self.kind, self.end + timedelta(days=1))

    def contains(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.start <= day <= self.end

    @property
    def _number(self) -> int:
        """The place of the period within its year, from 1."""
        return (self.start.month - 1) // _MONTHS[self.kind] + 1

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.start, self.end) < (other.start, other.end)

    def __str__(self) -> str:
        return self.label


def _first_day(kind: Kind, day: date) -> date:
    """Return the first day of the period of this kind in which the day lies."""
    if kind is Kind.DAY:
        return date(day.year, day.month, day.day)
    if kind is Kind.WEEK:
        return day - timedelta(days=day.weekday())
    months = _MONTHS[kind]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def _of_parts(parts: dict[str, int]) -> Period:
    """Return the period of a key's numbers; ValueError if the calendar has no such period."""
    year = parts["year"]
    if "day" in parts:
        return Period(Kind.DAY, date(year, parts["month"], parts["day"]))
    if "week" in parts:
        return Period(Kind.WEEK, date.fromisocalendar(year, parts["week"], 1))
    for kind in (Kind.MONTH, Kind.QUARTER, Kind.HALF):
        if kind in parts:
            return Period(kind, date(year, (parts[kind] - 1) * _MONTHS[kind] + 1, 1))
    return Period(Kind.YEAR, date(year, 1, 1))
