"""The working calendar of Việt Nam: Monday to Friday, public holidays, and the days swapped by yearly decision."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import holidays

from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed

# Outside these years the holiday library knows no lunar calendar of Việt Nam.
FIRST_YEAR, LAST_YEAR = 1950, 2100
STANDINGS = ("public", "unverified")


class BeyondCalendar(ValueError):
    """A day outside the years for which public holidays are known; the message is a Vietnamese sentence."""


@dataclass(frozen=True)
class Swap:
    """A decision that a working day is off, or a day off is worked, or both; with where that is known from."""

    off: date | None
    worked: date | None
    source: str
    standing: str


class WorkingCalendar:
    """Counts working days; the swapped days of the table go before what the holiday library knows."""

    def __init__(self, swaps: Iterable[Swap] = ()) -> None:
        table = tuple(swaps)
        self._off = {swap.off for swap in table if swap.off}
        self._worked = {swap.worked for swap in table if swap.worked}
        self._years: dict[int, tuple[int, ...]] = {}

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on this day."""
        days, ordinal = self._of_year(day.year), day.toordinal()
        place = bisect_left(days, ordinal)
        return place < len(days) and days[place] == ordinal

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after the day, or before it if n is negative; the day itself if n is 0.

        The day itself is never counted, whether it is worked or not.
        """
        if n == 0:
            return day
        year, days = day.year, self._of_year(day.year)
        place = (
            bisect_right(days, day.toordinal()) - 1 + n if n > 0 else bisect_left(days, day.toordinal()) + n
        )
        while place >= len(days):
            place -= len(days)
            year, days = year + 1, self._of_year(year + 1)
        while place < 0:
            year, days = year - 1, self._of_year(year - 1)
            place += len(days)
        return date.fromordinal(days[place])

    def working_days_between(self, a: date, b: date) -> int:
        """Return how many working days lie in (a, b], so without a; if b is before a, minus those of (b, a]."""
        if b < a:
            return -self.working_days_between(b, a)
        between = sum(len(self._of_year(year)) for year in range(a.year, b.year))
        return between + self._place_after(b) - self._place_after(a)

    def next_working(self, day: date) -> date:
        """Return the day if it is worked, otherwise the first working day after it."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def _place_after(self, day: date) -> int:
        """Return how many working days of its year have passed when the day ends."""
        return bisect_right(self._of_year(day.year), day.toordinal())

    def _of_year(self, year: int) -> tuple[int, ...]:
        """Return the working days of a year as ordinals, made once."""
        if year not in self._years:
            known = _public_working_days(year)
            off, worked = _in_year(self._off, year), _in_year(self._worked, year)
            self._years[year] = tuple(sorted((known - off) | worked))
        return self._years[year]


def load_swaps(path: Path) -> tuple[Swap, ...]:
    """Return the swapped days of a package's calendar file; FileRefused with the line of what is wrong."""
    return tuple(_read_swap(path, entry) for entry in read_reviewed(path).get("swaps") or ())


def _read_swap(path: Path, entry: dict[str, Any]) -> Swap:
    """Return one checked entry of the table."""
    demand(path, entry, "source", "standing")
    swap = Swap(entry.get("day_off"), entry.get("worked"), entry["source"], entry["standing"])
    line = entry[LINE]
    unknown = entry.keys() - {LINE, "day_off", "worked", "source", "standing"}
    if unknown:
        # A bare `off` is the boolean false in YAML: it must not pass as a day that was simply not given.
        raise FileRefused(path, line, f"không có mục “{unknown.pop()}” trong bảng ngày hoán đổi")
    if swap.standing not in STANDINGS:
        raise FileRefused(path, line, f"“standing” phải là một trong: {', '.join(STANDINGS)}")
    days = [day for day in (swap.off, swap.worked) if day is not None]
    if not days or not all(type(day) is date for day in days):
        raise FileRefused(
            path, line, "“day_off” và “worked” phải là ngày dạng 2025-05-02, ít nhất một trong hai"
        )
    if swap.off and swap.off.weekday() >= 5:
        raise FileRefused(path, line, f"{swap.off} là ngày cuối tuần, vốn đã nghỉ")
    return swap


@cache
def _public_working_days(year: int) -> frozenset[int]:
    """Return the ordinals of the working days that the holiday library knows; BeyondCalendar outside its years."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BeyondCalendar(
            f"Lịch làm việc chỉ có từ năm {FIRST_YEAR} đến năm {LAST_YEAR}, không có năm {year}"
        )
    known = holidays.country_holidays("VN", years=year)
    worked = {day.toordinal() for day in known.weekend_workdays if day.year == year}
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    free = {day.toordinal() for day in known}
    # Ordinal 1 was a Monday, so that Saturdays leave 6 and Sundays 0.
    return frozenset({o for o in range(first, last + 1) if o % 7 not in (6, 0) and o not in free} | worked)


def _in_year(days: Iterable[date], year: int) -> set[int]:
    """Return the ordinals of those days that lie in the year."""
    return {day.toordinal() for day in days if day.year == year}
