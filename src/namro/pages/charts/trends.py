"""A value over periods: a line, what it is compared with, where it should be."""

from collections.abc import Sequence
from typing import Any

from namro.pages.charts.ground import (
    INK_2,
    LINE,
    LINE_2,
    NARROW,
    QUIET,
    STRONG,
    SURFACE,
    WIDE,
    Option,
    Value,
    base,
    words,
)
from namro.pages.charts.ticks import ticks

NEAR = 0.09  # of the height: a line of words
Event = tuple[int, str]  # the place on the axis of what happened, and its words
Fitted = tuple[int, str, str]  # the same with the side on which the words stand
LETTER, EDGES = 6, 70  # pixels of a small letter, and of what stands beside the plane


def trend(
    labels: Sequence[str],
    values: Sequence[Value],
    *,
    unit: str = "",
    digits: int | None = None,
    target: Value = None,
    name: str = "",
    target_words: str = "mục tiêu",
    compare: tuple[str, Sequence[Value]] | None = None,
    events: Sequence[Event] = (),
    room: Sequence[Value] = (),
    wide: bool = True,
) -> Option:
    """Return a line over periods: gaps stay gaps, the last value is named, the target is a dashed line.

    `events` stand upright at their place on the axis, each with its words above; for `room` the axis leaves place.
    """
    marks = ticks([*room, *values, *(compare[1] if compare else []), target])
    written = [mark_words(mark, marks, unit, digits) for mark in marks]
    main = _line(values, _end(words(last_known(values), unit, digits), wide), "var(--series-1)")
    series = [main | {"name": name, "markLine": across(marks, written, fitted(events, len(labels), wide))}]
    if compare:
        told = f"{compare[0]} {words(last_known(compare[1]), unit, digits)}"
        series.append(_line(compare[1], _beside(told, wide), "var(--series-6)") | {"name": compare[0]})
        _part(series, marks)
    if target is not None:
        series.append(
            _target(
                target, f"{target_words} {words(target, unit, digits)}", len(labels), _is_high(target, marks)
            )
            | {"name": target_words}
        )
    left = 12 + 7 * max(map(len, written))
    plane = frame(marks, left, _right(series, wide)) | {"xAxis": period_axis(labels), "series": series}
    return plane if wide or not compare else _with_legend(plane, compare, unit, digits)


def frame(marks: list[float], left: int, right: int) -> Option:
    """Return the plane; its lines across are drawn by the first series, in words of ours."""
    axis = {"type": "value", "min": marks[0], "max": marks[-1], "show": False}
    return base() | {"grid": {"left": left, "right": right, "top": 24, "bottom": 30}, "yAxis": axis}


def _with_legend(
    plane: Option, compare: tuple[str, Sequence[Value]], unit: str, digits: int | None
) -> Option:
    """Return the plane with the other line named below: on a phone its words would lie on the lines."""
    told = f"{compare[0]} {words(last_known(compare[1]), unit, digits)}"
    plane["grid"]["bottom"] = 52
    look = {"textStyle": QUIET, "selectedMode": False, "itemWidth": 18, "itemHeight": 8, "icon": "roundRect"}
    return plane | {"legend": look | {"bottom": 0, "left": 0, "data": [compare[0]], "formatter": told}}


def _part(lines: list[Option], marks: list[float]) -> None:
    """Move the words of two ends that nearly meet apart, the higher end's up, so that both can be read."""
    ends = [point for line in lines for point in line["data"] if isinstance(point, dict)]
    if len(ends) != 2 or abs(ends[0]["value"] - ends[1]["value"]) > NEAR * (marks[-1] - marks[0]):
        return
    lower, higher = sorted(ends, key=lambda end: end["value"])
    for end, shift in ((higher, -8), (lower, 8)):
        end["label"] = end["label"] | {"offset": [0, shift]}


def last_known(values: Sequence[Value]) -> Value:
    """Return the last known value."""
    return next((value for value in reversed(values) if value is not None), None)


def period_axis(labels: Sequence[str]) -> Option:
    """Return the axis of periods."""
    return {
        "type": "category",
        "data": list(labels),
        "boundaryGap": False,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": LINE_2}},
        "axisLabel": QUIET | {"hideOverlap": True, "margin": 12},
    }


def _right(series: list[Option], wide: bool) -> int:
    """Return the room at the right for the words at the ends of the lines; on a phone they stand above instead."""
    told = [
        point["label"]["formatter"] for line in series for point in line["data"] if isinstance(point, dict)
    ]
    return 16 + 7 * max(map(len, told), default=0) if wide else 20


def mark_words(mark: float, marks: Sequence[float], unit: str, digits: int | None) -> str:
    """Return the words of a mark: whole numbers without decimals, the unit only where it is per cent."""
    shown = 0 if all(each == int(each) for each in marks) else (1 if digits is None else digits)
    return words(mark, unit if unit == "%" else "", shown)


def fitted(events: Sequence[Event], steps: int, wide: bool) -> list[Fitted]:
    """Return events whose words lie within the plane and beside each other; where there is no room, a line alone."""
    room, end, found = (WIDE if wide else NARROW) - EDGES, 0.0, []
    for place, told in events:
        long, middle = LETTER * len(told), room * place / max(1, steps - 1)
        align = "left" if middle < long / 2 else "right" if middle > room - long / 2 else "center"
        start = middle - long * {"left": 0, "center": 0.5, "right": 1}[align]
        fits = start >= end
        found.append((place, told if fits else "", align))
        end = start + long + LETTER if fits else end
    return found


def across(marks: list[float], written: list[str], events: Sequence[Fitted] = ()) -> Option:
    """Return the faint lines behind values over time, each with its words at the left, and events as upright lines."""
    label = QUIET | {"position": "start"}
    data: list[Option] = [
        {"yAxis": mark, "label": label | {"formatter": text}}
        for mark, text in zip(marks, written, strict=True)
    ]
    upright = {"color": INK_2, "type": "dotted", "width": 1}
    above = QUIET | {"position": "end", "fontSize": 11, "distance": 4}
    data += [
        {
            "xAxis": place,
            "lineStyle": upright,
            "label": above | {"formatter": text, "align": align, "show": bool(text)},
        }
        for place, text, align in events
    ]
    return {
        "silent": True,
        "symbol": "none",
        "z": 0,
        "lineStyle": {"color": LINE, "type": "solid"},
        "data": data,
    }


def _line(values: Sequence[Value], label: Option, colour: str) -> Option:
    """Return one line with its last known value marked and named; gaps stay gaps."""
    data: list[Any] = list(values)
    last = max((place for place, value in enumerate(values) if value is not None), default=None)
    if last is not None:
        align = {} if label["position"] == "right" else {"align": "right" if last else "left"}
        data[last] = {"value": values[last], "symbol": "circle", "symbolSize": 8, "label": label | align}
    return {
        "type": "line",
        "data": data,
        "showAllSymbol": True,
        "symbol": "none",
        "connectNulls": False,
        "clip": False,
        "z": 3,
        "lineStyle": {"color": colour, "width": 2},
        "itemStyle": {"color": colour},
    }


def _end(told: str, wide: bool) -> Option:
    """Return the words at the end of the line: beside it on a desk, above it on a phone."""
    halo = {"textBorderColor": SURFACE, "textBorderWidth": 3}
    return STRONG | halo | {"show": True, "formatter": told, "position": "right" if wide else "top"}


def _beside(told: str, wide: bool) -> Option:
    """Return the words of the other line; a phone has them in a legend."""
    return QUIET | {"show": wide, "formatter": told, "position": "right", "textBorderWidth": 0}


def _is_high(value: float, marks: Sequence[float]) -> bool:
    """Whether a line lies so near the upper edge that words above it would stand among those of events."""
    return value > marks[-1] - 2 * NEAR * (marks[-1] - marks[0])


def _target(value: Value, told: str, length: int, is_high: bool) -> Option:
    """Return the dashed line of a target with its words above its left end; below, near the upper edge."""
    halo = {"textBorderColor": SURFACE, "textBorderWidth": 3}
    shift = {"offset": [4, 16 if is_high else -6]}
    label = QUIET | halo | shift | {"position": "insideBottomLeft", "align": "left", "formatter": told}
    point = {"coord": [0, value], "itemStyle": {"color": "none"}, "label": label}
    return {
        "type": "line",
        "data": [value] * length,
        "symbol": "none",
        "silent": True,
        "z": 2,
        "lineStyle": {"color": INK_2, "type": "dashed", "width": 1},
        "markPoint": {"symbol": "rect", "symbolSize": 1, "data": [point]},
    }
