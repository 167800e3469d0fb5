"""Months as the counting takes them: when each begins and ends in Vietnamese time, cut off at the present moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from namro.ground.clock import VIETNAM
from namro.ground.period import Kind, Period


@dataclass(frozen=True)
class Span:
    """A month or another period under counting: its days, and where it is cut off (its end, or now)."""

    period: Period
    cut: datetime

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return midnight(self.period.start)

    @property
    def ends(self) -> datetime:
        """The moment after its last."""
        return midnight(self.period.end + timedelta(days=1))

    @property
    def last(self) -> date:
        """The day as whose end it is measured."""
        return min(self.period.end, self.cut.date())


def midnight(day: date) -> datetime:
    """Return the first moment of a day in Việt Nam."""
    return datetime.combine(day, time(0), VIETNAM)


def span(period: Period, now: datetime) -> Span:
    """Return a period as it is measured at a moment."""
    return Span(period, min(midnight(period.end + timedelta(days=1)), now))


def months_of(first: date, last: date, now: datetime) -> list[Span]:
    """Return the months from the one of a day to that of another."""
    found, month = [], Period.containing(Kind.MONTH, first)
    while month.start <= last:
        found.append(span(month, now))
        month = month.next()
    return found


def of_sql(spans: Sequence[Span]) -> dict[str, list[date] | list[datetime] | list[int]]:
    """Return the spans, one after the other without a gap, as the parameters of a statement."""
    return {
        "numbers": list(range(1, len(spans) + 1)),
        "begins": [each.begins for each in spans],
        "ends": [each.ends for each in spans],
        "cuts": [each.cut for each in spans],
        "lasts": [each.last for each in spans],
    }
