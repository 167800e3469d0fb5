"""Figures into the database: rebuilt at will, the same twice."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from namro.ground.period import Period
from namro.indicators.models import Figure
from namro.indicators.terms import Computed
from namro.organisation.queries import current_by_code

_KEY = ["indicator", "unit", "period_kind", "period_start", "breakdown", "as_of"]
_VALUES = [
    "period",
    "value",
    "numerator",
    "denominator",
    "below",
    "source",
    "source_state",
    "version",
    "synthetic",
]


@transaction.atomic
def store_figures(figures: Iterable[Computed], *, day: date, rebuilt: Iterable[str] = ()) -> int:
    """Store figures, each in the place of the one of the same key; returns how many.

    Of the indicators `rebuilt` in full, what became known on this very day and is no longer computed goes.
    """
    units = {code: unit.pk for code, unit in current_by_code().items()}
    rows = [_row(figure, units[figure.unit]) for figure in figures if figure.unit in units]
    Figure.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=_KEY, update_fields=_VALUES
    )
    _forget(rows, day, set(rebuilt))
    return len(rows)


def _forget(rows: list[Figure], day: date, rebuilt: set[str]) -> None:
    """Delete the figures of the day that the river no longer gives: a task that moved away leaves nothing behind."""
    kept = {_key(row) for row in rows}
    there = Figure.objects.filter(as_of=day, indicator__in=rebuilt).only("pk", *_KEY)
    gone = [row.pk for row in there if _key(row) not in kept]
    Figure.objects.filter(pk__in=gone).delete()


def _key(row: Figure) -> tuple[object, ...]:
    return (row.indicator, row.unit_id, str(row.period_kind), row.period_start, row.breakdown, row.as_of)


def _row(figure: Computed, unit_id: int) -> Figure:
    period = Period.parse(figure.period)
    return Figure(
        indicator=figure.indicator,
        unit_id=unit_id,
        period_kind=period.kind.value,
        period_start=period.start,
        period=figure.period,
        breakdown=figure.breakdown,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        below=figure.below,
        as_of=figure.as_of,
        source=figure.source[:500],
        source_state=figure.source_state,
        version=figure.version,
        synthetic=figure.synthetic,
    )
