"""Store forecasts: derived rows, one a series and day, made anew at will."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import transaction

from namro.ground.period import Kind
from namro.indicators.models import Forecast
from namro.indicators.queries.forecasts import History
from namro.indicators.terms import Outlook


@transaction.atomic
def store_forecasts(found: Iterable[tuple[History, Outlook | None]], *, day: date) -> int:
    """Store what is forecast on a day, each in the place of that of the same day; a history that allows none has a row
    that says so. Returns how many."""
    rows = [_row(history, outlook, day) for history, outlook in found]
    Forecast.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["unit", "indicator", "breakdown", "period_kind", "as_of"],
        update_fields=["last_start", "digest", "body"],
    )
    return len(rows)


def _row(history: History, outlook: Outlook | None, day: date) -> Forecast:
    return Forecast(
        indicator=history.indicator,
        unit_id=history.unit,
        period_kind=Kind(history.kind).value,
        last_start=history.last,
        digest=history.digest,
        body=asdict(outlook) if outlook else None,
        as_of=day,
    )
