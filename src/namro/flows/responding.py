"""What people do with the warnings becomes figures, too: counted once the day has been judged."""

from datetime import date

from namro.alerts import feeds as alerts_feed
from namro.indicators.actions import store_figures
from namro.indicators.formulas.observations import compute
from namro.indicators.queries import definitions, pairs_above
from namro.indicators.terms import IndicatorDef

PREFIX = "canh_bao."


def figure_response(day: date) -> int:
    """Compute and store, for a day, the figures of what became of the warnings; returns how many. Twice is as once."""
    found = [each for each in definitions() if is_of_response(each)]
    computed = compute(found, alerts_feed.observations(day), pairs_above()) if found else []
    return store_figures(computed, day=day, rebuilt=[each.code for each in found])


def is_of_response(definition: IndicatorDef) -> bool:
    """Whether an indicator counts warnings: it is computed after the judgement, not before."""
    return any(measure.startswith(PREFIX) for measure in definition.measures)
