"""The parts of a whole."""

from collections.abc import Sequence

from namro.ground.numbers import format_percent, percent
from namro.pages.charts.ground import LETTERS, LINE_2, STRONG, SURFACE, Option, Value, base, words


def share(
    labels: Sequence[str], values: Sequence[Value], *, unit: str = "", middle: str = "", wide: bool = True
) -> Option:
    """Return the parts of a whole as a ring: each part with its words and its share, the whole in the middle."""
    total = sum(value or 0 for value in values)
    data = [
        _part(place, label, value, total, unit)
        for place, (label, value) in enumerate(zip(labels, values, strict=True))
    ]
    ring = {
        "type": "pie",
        "radius": ["48%", "74%"] if wide else ["34%", "52%"],
        "startAngle": 90,
        "data": data,
        "silent": True,
        "itemStyle": {"borderColor": SURFACE, "borderWidth": 2},
        "label": LETTERS | {"lineHeight": 17, "textBorderWidth": 0},
        "labelLine": {"lineStyle": {"color": LINE_2}, "length": 10, "length2": 8},
    }
    centre = {
        "text": middle or words(total, unit),
        "left": "center",
        "top": "middle",
        "textStyle": STRONG | {"fontSize": 15},
    }
    return base() | {"title": centre, "series": [ring]}


def _part(place: int, label: str, value: Value, total: float, unit: str) -> Option:
    """Return one part of the ring; colours keep their order everywhere."""
    told = f"{label}\n{words(value, unit)} · {format_percent(percent(value or 0, total), 0)}"
    return {
        "value": value or 0,
        "itemStyle": {"color": f"var(--series-{place % 6 + 1})"},
        "label": {"formatter": told},
    }
