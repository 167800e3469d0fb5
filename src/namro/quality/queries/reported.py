"""1.4's other count: dossiers received as the national report has them, by month or by year, put together where needed.

A period without a row of its own is the sum of its months, if every one of them is there; a city without any of its own
is the sum of its units.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from namro.ground.period import Kind, Period
from namro.organisation.terms import PROVINCE_KINDS
from namro.quality.models import ReportedCount
from namro.quality.queries.spans import Span

Rows = Mapping[tuple[int, Period], int]


@dataclass(frozen=True)
class Reported:
    """What the national report says, by unit and month or year; `below` are the units of each city that it names."""

    rows: Rows
    below: Mapping[int, Collection[int]]

    def of(self, unit: int, period: Period) -> int:
        """Return the dossiers received by a unit in a period; 0 where the report does not say."""
        own = self._own(unit, period)
        if own is not None:
            return own
        return sum(self._own(each, period) or 0 for each in self.below.get(unit, ()))

    def year_before(self, unit: int, period: Period) -> int:
        """Return the dossiers received in the whole year before a period."""
        return self.of(unit, _year_before(period))

    def _own(self, unit: int, period: Period) -> int | None:
        row = self.rows.get((unit, period))
        if row is not None or period.kind is Kind.MONTH:
            return row
        months = [self.rows.get((unit, month)) for month in _months(period)]
        known = [count for count in months if count is not None]
        return sum(known) if len(known) == len(months) else None


def reported(units: Collection[int] | None, spans: Sequence[Span]) -> Reported:
    """Return what is reported for the periods and for the years before them, of units (None: of all); one query."""
    periods = [each.period for each in spans]
    first = min((_year_before(each).start for each in periods), default=None)
    if first is None:
        return Reported({}, {})
    rows = ReportedCount.objects.filter(
        period_start__gte=first, period_start__lte=max(each.end for each in periods)
    )
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    counts: dict[tuple[int, Period], int] = {}
    below: dict[int, set[int]] = defaultdict(set)
    told = rows.values_list(
        "unit_id", "unit__parent_id", "unit__parent__kind", "period_kind", "period_start", "received"
    )
    for unit, parent, kind, of, start, received in told:
        counts[unit, Period(Kind(of), start)] = received
        if parent is not None and kind in PROVINCE_KINDS:
            below[parent].add(unit)
    return Reported(counts, below)


def _year_before(period: Period) -> Period:
    return Period.containing(Kind.YEAR, period.start).previous()


def _months(period: Period) -> Iterator[Period]:
    month = Period.containing(Kind.MONTH, period.start)
    while month.start <= period.end:
        yield month
        month = month.next()
