"""From the figures to what is expected: forecasts of the cities' own figures that ask for one, where they are new."""

from namro.ground import clock
from namro.indicators.actions.forecasts import store_forecasts
from namro.indicators.formulas.forecasts import outlook
from namro.indicators.queries import definitions
from namro.indicators.queries.forecasts import History, histories, new_ones
from namro.indicators.terms import IndicatorDef, Outlook
from namro.organisation.models import Unit
from namro.organisation.terms import PROVINCE_KINDS

PER_CENT = "%"


def forecast_figures() -> int:
    """Forecast every figure of a city that asks for it and whose history is new since the last time; returns how many.

    Each is stored as it is made: a job that is cut short has done what it has done.
    """
    day, asked = clock.today(), {each.code: each for each in definitions() if each.forecast}
    cities = Unit.objects.valid_on(day).filter(kind__in=PROVINCE_KINDS).values_list("pk", flat=True)
    new = new_ones(histories(asked.values(), list(cities), day), day) if asked else []
    return sum(store_forecasts([(each, forecast(each, asked[each.indicator]))], day=day) for each in new)


def forecast(history: History, definition: IndicatorDef) -> Outlook | None:
    """Return the forecast of a history, kept where its values can lie: what never was below 0 does not go there, nor a
    rate above 100 %."""
    known = [value for value in history.values if value is not None]
    low = 0.0 if min(known, default=-1.0) >= 0 else None
    high = 100.0 if definition.unit_of_measure == PER_CENT and max(known, default=101.0) <= 100 else None
    return outlook(history.values, history.kind, low, high)
