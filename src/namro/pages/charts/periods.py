"""Values over periods beside the trend: columns, and several lines in one plane."""

from collections.abc import Mapping, Sequence

from namro.pages.charts.ground import QUIET, STRONG, Option, Value, words
from namro.pages.charts.ticks import ticks
from namro.pages.charts.trends import Event, across, fitted, frame, last_known, mark_words, period_axis

LEGEND = 24


def columns(
    labels: Sequence[str],
    values: Sequence[Value],
    *,
    unit: str = "",
    digits: int | None = None,
    events: Sequence[Event] = (),
    wide: bool = True,
) -> Option:
    """Return upright columns over periods or parts, the last one named and set apart; a gap is no column."""
    marks = ticks(values)
    written = [mark_words(mark, marks, unit, digits) for mark in marks]
    last = max((place for place, value in enumerate(values) if value is not None), default=0)
    data = [_column(value, words(value, unit, digits), place == last) for place, value in enumerate(values)]
    series = {
        "type": "bar",
        "data": data,
        "barMaxWidth": 28,
        "barCategoryGap": "30%",
        "markLine": across(marks, written, fitted(events, len(labels), wide)),
    }
    plane = frame(marks, 12 + 7 * max(map(len, written)), 24)
    return plane | {"xAxis": period_axis(labels) | {"boundaryGap": True}, "series": [series]}


def lines(
    labels: Sequence[str],
    several: Mapping[str, Sequence[Value]],
    *,
    unit: str = "",
    digits: int | None = None,
    events: Sequence[Event] = (),
    room: Sequence[Value] = (),
    wide: bool = True,
) -> Option:
    """Return several lines over periods; the legend below names each with its last value; for `room` the axis leaves
    place."""
    marks = ticks([*room, *(value for values in several.values() for value in values)])
    written = [mark_words(mark, marks, unit, digits) for mark in marks]
    series = [_line(place, name, values) for place, (name, values) in enumerate(several.items())]
    series[0]["markLine"] = across(marks, written, fitted(events, len(labels), wide))
    told = [f"{name} {words(last_known(values), unit, digits)}" for name, values in several.items()]
    for line, text in zip(series, told, strict=True):
        line["name"] = text
    plane = frame(marks, 12 + 7 * max(map(len, written)), 20)
    plane["grid"]["bottom"] = 30 + LEGEND * (-(-len(told) // (3 if wide else 1)) if not wide else 1)
    look = {"textStyle": QUIET, "selectedMode": False, "itemWidth": 14, "itemHeight": 8, "icon": "roundRect"}
    legend = look | {"bottom": 0, "left": 0, "data": told, "orient": "horizontal" if wide else "vertical"}
    return plane | {"xAxis": period_axis(labels), "series": series, "legend": legend}


def _column(value: Value, told: str, is_last: bool) -> Option:
    """Return one column; only the last bears its words."""
    colour = "var(--series-1)" if is_last else "var(--ramp-4)"
    inside = {
        "position": "top",
        "align": "right",
        "offset": [14, 0],
    }  # long words would run out of the drawing
    label = STRONG | inside | {"show": is_last, "formatter": told, "textBorderWidth": 0}
    return {"value": value, "itemStyle": {"color": colour, "borderRadius": [2, 2, 0, 0]}, "label": label}


def _line(place: int, name: str, values: Sequence[Value]) -> Option:
    """Return one of several lines; colours keep their order everywhere."""
    colour = f"var(--series-{place % 6 + 1})"
    return {
        "type": "line",
        "name": name,
        "data": list(values),
        "symbol": "none",
        "connectNulls": False,
        "lineStyle": {"color": colour, "width": 2},
        "itemStyle": {"color": colour},
    }
