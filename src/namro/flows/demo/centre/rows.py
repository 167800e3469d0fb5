"""The rows of a source before they have values: which day, place and category; a full grid or single events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Dice = Callable[[str], np.random.Generator]


@dataclass(frozen=True)
class Window:
    """From the first day to the last, both inclusive."""

    start: date
    end: date

    def days(self, grain: str) -> Array:
        """Return each day, each Monday or each first of a month whose whole period lies in the window."""
        first, last = np.datetime64(self.start, "D"), np.datetime64(self.end, "D")
        if grain == "month":
            after = np.datetime64(self.end + timedelta(days=1), "M")
            months = np.arange(_month_from(self.start), after, dtype="datetime64[M]")
            return months.astype("datetime64[D]")
        days = np.arange(first, last + 1)
        if grain == "week":
            days = days[(days.astype(int) + 3) % 7 == 0]
            return days[days + 6 <= last]
        return days


@dataclass(frozen=True)
class Rows:
    """For each row the index of its day, place and category; `shape` is that of the grid, empty for events."""

    t: Array
    p: Array
    k: Array
    shape: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.t)


def grid(reporting: Array, categories: int) -> Rows:
    """Return one row for each day, place that reports on it, and category, in this order."""
    shape = (*reporting.shape, categories)
    t, p, k = (index.ravel() for index in np.indices(shape))
    is_there = np.repeat(reporting.ravel(), categories)
    return Rows(t[is_there], p[is_there], k[is_there], shape if is_there.all() else ())


def events(expected: Array, shares: Sequence[float], dice: np.random.Generator) -> Rows:
    """Return single events by the number expected for each day (rows) and place (columns), their category by lot."""
    counts = dice.poisson(expected).ravel()
    cells = np.repeat(np.arange(counts.size), counts)
    chances = np.cumsum(np.array(shares, dtype=float)) / np.sum(shares)
    k = np.searchsorted(chances, dice.random(len(cells)), side="right")
    return Rows(cells // expected.shape[1], cells % expected.shape[1], np.minimum(k, len(chances) - 1))


def _month_from(day: date) -> np.datetime64:
    """The month of a day, or the next one if the day is not its first."""
    month = np.datetime64(day, "M")
    return month if day.day == 1 else month + 1
