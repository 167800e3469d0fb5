"""Level bars: one value a row, or the states of a row's own total."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from namro.ground.numbers import format_number
from namro.pages.charts.ground import (
    LETTERS,
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

LEGEND_LINE: Final = 20
STATE_FILL: Final[dict[str, str]] = {
    "done": "var(--ok)",
    "done_late": "url(#hatch-late)",
    "in_progress": "var(--progress)",
    "not_started": "var(--none)",
    "in_progress_late": "var(--over)",
    "not_started_late": "var(--over)",
    "draft": "var(--line-2)",
    "withdrawn": "var(--line-2)",
}


def bars(
    labels: Sequence[str],
    values: Sequence[Value],
    *,
    unit: str = "",
    digits: int | None = None,
    notes: Sequence[str] | None = None,
    lit: str | None = None,
    wide: bool = True,
) -> Option:
    """Return level bars in the order given (first on top), each with its value and note; `lit` is set apart."""
    rows = zip(labels, values, notes or [""] * len(labels), strict=True)
    data = [_bar(value, _told(value, unit, digits, note), label == lit) for label, value, note in rows]
    return _plane(labels, wide) | {
        "series": [{"type": "bar", "barWidth": 10, "data": data, "label": _beside()}]
    }


def heights(rows: int, legend: Sequence[str] = ()) -> dict[bool, int]:
    """Return how tall level bars must be, for a desk (True) and a phone (False); `legend` = the states' words."""
    return {wide: 8 + rows * row + _legend_room(legend, wide) for wide, row in ((True, 32), (False, 40))}


def _legend_room(names: Sequence[str], wide: bool) -> int:
    """Return the pixels a legend needs below the bars, none without names."""
    return 12 + LEGEND_LINE * legend_lines(names, wide) if names else 0


def legend_lines(names: Sequence[str], wide: bool) -> int:
    """Return how many lines a legend takes: 7 pixels a letter, 30 for the square and the gaps."""
    return -(-sum(7 * len(name) + 30 for name in names) // (WIDE if wide else NARROW))


def stacked_states(
    labels: Sequence[str],
    counts: Sequence[Mapping[str, int]],
    *,
    states: Mapping[str, str],
    notes: Sequence[str] | None = None,
    wide: bool = True,
) -> Option:
    """Return one band of states a row, as shares of the row's own total; `states` = state to words, in order."""
    totals = [sum(row.get(state, 0) for state in states) for row in counts]
    present = {state: name for state, name in states.items() if any(row.get(state) for row in counts)}
    series: list[Option] = [
        _state(name, state, _shares(state, counts, totals)) for state, name in present.items()
    ]
    series.append(_tail(notes or [format_number(total) for total in totals]))
    plane = _plane(labels, wide)
    plane["xAxis"]["max"] = 100.01  # shares may add up to a hair over 100, and what lies beyond is not drawn
    plane["grid"]["bottom"] = _legend_room(list(present.values()), wide)
    return plane | {"series": series, "legend": _legend(list(present.values()))}


def _plane(labels: Sequence[str], wide: bool) -> Option:
    """Return the plane of level bars: names on the left, room for words on the right, no lines."""
    name = LETTERS | {"width": 176 if wide else 104, "overflow": "break", "lineHeight": 14, "interval": 0}
    hidden: dict[str, Any] = {"axisLine": {"show": False}, "axisTick": {"show": False}}
    return base() | {
        "grid": {"left": 190 if wide else 116, "right": 120 if wide else 84, "top": 4, "bottom": 4},
        "xAxis": {"type": "value", "show": False, "min": 0},
        "yAxis": hidden | {"type": "category", "inverse": True, "data": list(labels), "axisLabel": name},
    }


def _bar(value: Value, told: str, lit: bool) -> Option:
    """Return one bar; nothing known is no bar, its words say so."""
    colour = "var(--series-2)" if lit else "var(--series-1)"
    return {
        "value": value or 0,
        "itemStyle": {"color": colour, "borderRadius": 2},
        "label": {"formatter": told},
    }


def _told(value: Value, unit: str, digits: int | None, note: str) -> str:
    """Return the words beside a bar."""
    return f"{words(value, unit, digits)}{' · ' + note if note else ''}"


def _beside() -> Option:
    """Return the words at the right end of a bar."""
    return STRONG | {"show": True, "position": "right"}


def _shares(state: str, counts: Sequence[Mapping[str, int]], totals: Sequence[int]) -> list[float]:
    """Return the share of a state in each row, in per cent."""
    return [
        100 * row.get(state, 0) / total if total else 0.0 for row, total in zip(counts, totals, strict=True)
    ]


def _state(name: str, state: str, values: list[float]) -> Option:
    """Return the parts of one state through all rows."""
    look = {"color": STATE_FILL[state], "borderColor": SURFACE, "borderWidth": 0.5}
    return {
        "type": "bar",
        "name": name,
        "stack": "all",
        "barWidth": 12,
        "data": values,
        "itemStyle": look,
        "silent": True,
    }


def _tail(told: Sequence[str]) -> Option:
    """Return the words behind each band, borne by a part without width."""
    data = [{"value": 0, "label": {"formatter": text}} for text in told]
    return {"type": "bar", "stack": "all", "silent": True, "data": data, "label": _beside()}


def _legend(names: list[str]) -> Option:
    """Return the legend below."""
    look = {"itemWidth": 10, "itemHeight": 10, "icon": "rect", "textStyle": QUIET, "selectedMode": False}
    return look | {"bottom": 0, "left": 0, "data": names}
