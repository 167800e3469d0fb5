"""Each sign in figures said once more in a few lines of plain Python, over figures by unit and period."""

from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from namro.indicators.terms import Against, Ask

Figures = dict[tuple[str, int, date], tuple[float, float | None, float | None]]
Seen = dict[tuple[int, date], float]


def series(ask: Ask, figures: Figures, unit: int) -> list[tuple[date, float]]:
    """The periods of a unit with their values, those of too few left out."""
    rows = [
        (day, each) for (name, whose, day), each in figures.items() if (name, whose) == (ask.indicator, unit)
    ]
    kept = [(d, v) for d, (v, _, whole) in rows if whole is None or ask.frame or whole >= (ask.at_least or 0)]
    return sorted(kept)


def sided(ask: Ask, amount: float) -> float:
    """An amount to the bad side."""
    return amount * ask.side if ask.side else abs(amount)


def threshold(ask: Ask, figures: Figures, unit: int) -> Seen:
    """The value itself."""
    return {(unit, day): value for day, value in series(ask, figures, unit)}


def changed(ask: Ask, figures: Figures, unit: int) -> Seen:
    """Per cent against the median of those before, or the same day a year ago."""
    rows, found = series(ask, figures, unit), {}
    for place, (day, value) in enumerate(rows):
        past = [v for _, v in rows[max(0, place - ask.many) : place]]
        if ask.against is Against.LAST_YEAR:
            past = [v for d, v in rows if d == day.replace(year=day.year - 1)]
        if len(past) < (ask.many if ask.against is Against.PREVIOUS else 1):
            continue
        if base := max(abs(median(past)), ask.floor or 0):
            found[unit, day] = 100 * sided(ask, value - median(past)) / base
    return found


def outlier(ask: Ask, figures: Figures, units: list[int]) -> Seen:
    """How many median deviations from the median of the units that report."""
    found = {}
    for day in {d for _, _, d in figures}:
        now = {unit: dict(series(ask, figures, unit)).get(day) for unit in units}
        there = {unit: value for unit, value in now.items() if value is not None}
        if len(there) < 8:
            continue
        middle = median(there.values())
        spread = max(median(abs(value - middle) for value in there.values()), ask.floor or 0)
        found |= {(unit, day): sided(ask, value - middle) / spread for unit, value in there.items() if spread}
    return found


def forecast(ask: Ask, figures: Figures, unit: int) -> Seen:
    """Days until the median line through the last days reaches the bound."""
    rows, found = series(ask, figures, unit), {}
    for place in range(ask.many - 1, len(rows)):
        window = rows[place - ask.many + 1 : place + 1]
        today, value = window[-1]
        points = [((day - today).days, y) for day, y in window]
        slope = median((y2 - y1) / (x2 - x1) for x1, y1 in points for x2, y2 in points if x1 < x2)
        heights = [y - slope * x for x, y in points]
        level, bound = median(heights), ask.bound or 0
        stray = median(abs(height - level) for height in heights)
        is_coming = slope * ask.side > 0 and max(value * ask.side, level * ask.side) < bound * ask.side
        if is_coming and abs(slope * points[0][0]) >= 3 * stray and (bound - level) / slope <= 400:
            found[unit, today] = max(0.0, (bound - level) / slope)
    return found


def together(ask: Ask, figures: Figures, unit: int) -> Seen:
    """The value, where the second one of the day lies in its range."""
    low = -9e99 if ask.second_from is None else ask.second_from
    high = 9e99 if ask.second_to is None else ask.second_to
    others = {
        day: each[0] for (name, whose, day), each in figures.items() if (name, whose) == (ask.second, unit)
    }
    return {
        (unit, day): value
        for day, value in series(ask, figures, unit)
        if day in others and low <= others[day] <= high
    }


def burn(ask: Ask, figures: Figures, unit: int) -> Seen:
    """The share of the month's allowance that is gone, over the share of the month that is gone."""
    found, bound = {}, ask.bound or 0
    rows = {
        day: each for (name, whose, day), each in figures.items() if (name, whose) == (ask.indicator, unit)
    }
    for day, (_, _, whole) in rows.items():
        month = [each for d, each in rows.items() if (d.year, d.month) == (day.year, day.month) and d <= day]
        end = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        passed = day.day / (end - day.replace(day=1)).days
        if whole is None:
            pace = sum(value for value, _, _ in month) / bound / passed
        else:
            bad = sum((n if ask.side > 0 else d - n) for _, n, d in month if n is not None and d is not None)
            everything = sum(d for _, _, d in month if d is not None)
            if not everything or everything < (ask.at_least or 0):
                continue
            pace = bad / (bound / 100 * everything)
        if pace * passed >= 0.25:
            found[unit, day] = pace
    return found


def spread(ask: Ask, figures: Figures, near: dict[int, set[int]]) -> Seen:
    """How many neighbours, itself among them, are beyond the bound on the same day."""
    beyond = {
        (unit, day)
        for unit in near
        for day, value in series(ask, figures, unit)
        if value * ask.side >= (ask.bound or 0) * ask.side
    }
    counts = {(u, d): 1 + sum((other, d) in beyond for other in near[u]) for u, d in beyond}
    return {place: float(count) for place, count in counts.items() if count > 1}


def silent(ask: Ask, figures: Figures, unit: int, days: list[date]) -> Seen:
    """How many days more without a figure than ever among the last thirty, while others report."""
    given, found = [day for day, _ in series(ask, figures, unit)], {}
    heard = max(day for _, _, day in figures)
    for day in (day for day in days if day <= heard):
        before = [d for d in given if d < day]
        gaps = [(b - a).days for a, b in pairwise(before)][-30:]
        if day in given or len(gaps) < 5:
            continue
        missing = (day - before[-1]).days
        if max(gaps) <= missing <= 60:
            found[unit, day] = float(missing - max(gaps) + 1)
    return found
