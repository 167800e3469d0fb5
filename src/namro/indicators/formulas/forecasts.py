"""Forecasts by exponential smoothing (statsmodels): the steps ahead with an interval, tried on the last of history.

Months get a damped trend, days a weekly rhythm. The parameters with which history is tried are fitted before it, so
that what is said of it was not learnt from it. Too short a history, one with gaps near its end and one that does not
move have no forecast.
"""

import warnings
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any, NamedTuple

from namro.ground.period import Kind
from namro.indicators.terms import Outlook, Step

LEVEL = 80  # per cent
DECIMALS = 6


class Way(NamedTuple):
    """How one kind of period is forecast: how far, from how much, and on how much of history it is tried."""

    name: str
    steps: int
    shortest: int
    tried_on: int
    every: int
    season: int = 0


WAYS: Mapping[Kind, Way] = {
    Kind.DAY: Way("ETS(A,N,A)", steps=14, shortest=70, tried_on=28, every=7, season=7),
    Kind.MONTH: Way("ETS(A,Ad,N)", steps=3, shortest=18, tried_on=6, every=1),
}


def outlook(
    values: Sequence[float | None], kind: Kind, low: float | None = None, high: float | None = None
) -> Outlook | None:
    """Return the forecast of values in period order, oldest first; None where there is too little to go by.

    `low` and `high` are the bounds that a value cannot pass (of a rate 0 and 100).
    """
    way, known = WAYS.get(kind), unbroken(values)
    if way is None or len(known) < way.shortest or max(known) == min(known):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # a fit that stops early is judged by how it does, not by what it says
        learnt = _model(known[: -way.tried_on], way).fit(disp=False)
        tried = _tried(known, way, learnt.params, low, high)
        fitted = _model(known, way).fit(disp=False, start_params=learnt.params)
        steps = _ahead(fitted, way.steps, low, high)
    return Outlook(way.name, LEVEL, steps, len(known), *tried)


def unbroken(values: Sequence[float | None]) -> list[float]:
    """Return the values after the last gap."""
    found: list[float] = []
    for value in values:
        found = [] if value is None else [*found, float(value)]
    return found


def _model(values: Sequence[float], way: Way) -> Any:
    import pandas as pd  # noqa: PLC0415 - a second and more, for the job that forecasts alone
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # noqa: PLC0415

    shape = (
        {"seasonal": "add", "seasonal_periods": way.season}
        if way.season
        else {"trend": "add", "damped_trend": True}
    )
    return ETSModel(pd.Series(values), error="add", initialization_method="heuristic", **shape)


def _ahead(fitted: Any, steps: int, low: float | None, high: float | None) -> tuple[Step, ...]:
    """Return the steps ahead of a fitted model, kept within the bounds."""
    first, wider = int(fitted.nobs), _wider(fitted)
    frame = fitted.get_prediction(start=first, end=first + steps - 1).summary_frame(alpha=1 - LEVEL / 100)
    rows = zip(frame["mean"], frame["pi_lower"], frame["pi_upper"], strict=True)
    spans = (
        (middle, middle - wider * (middle - under), middle + wider * (over - middle))
        for middle, under, over in rows
    )
    return tuple(Step(*(_kept(float(each), low, high) for each in span)) for span in spans)


def _wider(fitted: Any) -> float:
    """Return by how much an interval must be wider for a short history: its spread was estimated from the same few
    values as the parameters (degrees of freedom), and Student's quantile stands for the normal one."""
    from scipy.stats import norm, t  # noqa: PLC0415 - statsmodels' own

    count, share = int(fitted.nobs), 0.5 + LEVEL / 200
    free = max(1, count - len(fitted.params))
    return float((count / free) ** 0.5 * t.ppf(share, free) / norm.ppf(share))


def _kept(value: float, low: float | None, high: float | None) -> float:
    value = value if low is None else max(low, value)
    return round(value if high is None else min(high, value), DECIMALS)


def _tried(
    known: Sequence[float], way: Way, params: Any, low: float | None, high: float | None
) -> tuple[int, int, float, float]:
    """Return how many forecasts of the last of history were held against what came, how many kept it, the mean error,
    and that of repeating what was."""
    covered, errors, plain = 0, [], []
    for origin in range(len(known) - way.tried_on, len(known), way.every):
        fitted = _model(known[:origin], way).smooth(params)
        steps = _ahead(fitted, min(way.steps, len(known) - origin), low, high)
        for place, step in enumerate(steps):
            came = known[origin + place]
            before = known[origin - 1] if not way.season else known[origin - way.season + place % way.season]
            covered += step.low <= came <= step.high
            errors.append(abs(step.middle - came))
            plain.append(abs(before - came))
    return len(errors), covered, round(fmean(errors), DECIMALS), round(fmean(plain), DECIMALS)
