"""Values over periods before a range: units before the middle half of their peers, and a line that goes on into what
is forecast."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from namro.pages.charts.ground import QUIET, SURFACE, Option, Value, words
from namro.pages.charts.periods import lines
from namro.pages.charts.trends import last_known, trend

FILL = "var(--ramp-3)"
UNSEEN = {"lineStyle": {"opacity": 0}, "itemStyle": {"opacity": 0}, "symbol": "none", "silent": True, "z": 1}


class Range(Protocol):
    """The ends of the middle half of some values."""

    @property
    def first(self) -> float:
        """The lower quartile."""

    @property
    def third(self) -> float:
        """The upper quartile."""


class Step(Protocol):
    """One period ahead, with its interval."""

    @property
    def middle(self) -> float:
        """What is expected."""

    @property
    def low(self) -> float:
        """The lower end."""

    @property
    def high(self) -> float:
        """The upper end."""


def among(
    labels: Sequence[str],
    several: Mapping[str, Sequence[Value]],
    ranges: Sequence[Range | None],
    *,
    unit: str = "",
    digits: int | None = None,
    wide: bool = True,
) -> Option:
    """Return several lines over periods before the range of their peers."""
    low, high = (
        [each.first if each else None for each in ranges],
        [each.third if each else None for each in ranges],
    )
    plane = lines(labels, several, unit=unit, digits=digits, room=[*low, *high], wide=wide)
    return plane | {"series": [*band(low, high), *plane["series"]]}


def going_on(
    labels: Sequence[str],
    values: Sequence[Value],
    steps: Sequence[Step],
    *,
    unit: str = "",
    digits: int | None = None,
    words_ahead: str = "dự báo",
    wide: bool = True,
    **look: Any,
) -> Option:
    """Return a line that goes on, dashed, into the steps ahead, before the interval of these; `labels` name both, all
    else is as in `trend`."""
    last, known = last_known(values), len(values)
    low, middle, high = ([last, *(getattr(step, end) for step in steps)] for end in ("low", "middle", "high"))
    padded = [*values, *[None] * len(steps)]
    plane = trend(labels, padded, unit=unit, digits=digits, room=[*low, *high], wide=wide, **look)
    before: list[Value] = [None] * (known - 1)
    told = f"{words_ahead} {words(middle[-1], unit, digits)}"
    dashed = _dashed([*before, *middle], told, wide)
    _make_room(plane, told, wide)
    return plane | {"series": [*plane["series"], *band([*before, *low], [*before, *high]), dashed]}


def _make_room(plane: Option, told: str, wide: bool) -> None:
    """Move the words of the last known value above it, to the left of what is forecast, and leave room for the words
    of that at the right."""
    for point in plane["series"][0]["data"]:
        if isinstance(point, dict):
            point["label"] = point["label"] | {"position": "top", "align": "right", "offset": [0, -2]}
    if wide:
        plane["grid"]["right"] = max(plane["grid"]["right"], 16 + 7 * len(told))


def band(low: Sequence[Value], high: Sequence[Value]) -> list[Option]:
    """Return the area between two lines: an unseen one, and on it the height between the two; nothing where there is
    no range. Heights are added up whatever their sign."""
    if all(each is None for each in low):
        return []
    height = [None if a is None or b is None else b - a for a, b in zip(low, high, strict=True)]
    under = {"type": "line", "stack": "range", "stackStrategy": "all", "connectNulls": False} | UNSEEN
    return [
        under | {"data": list(low)},
        under | {"data": height, "areaStyle": {"color": FILL, "opacity": 0.6}},
    ]


def _dashed(values: Sequence[Value], told: str, wide: bool) -> Option:
    """Return the line of what is expected, with its last value named."""
    data: list[Any] = list(values)
    halo = {"textBorderColor": SURFACE, "textBorderWidth": 3}
    beside = {"position": "right"} if wide else {"position": "bottom", "align": "right", "distance": 12}
    label = QUIET | halo | beside | {"show": True, "formatter": told}
    data[-1] = {"value": values[-1], "symbol": "circle", "symbolSize": 5, "label": label}
    return {
        "type": "line",
        "name": told,
        "data": data,
        "symbol": "none",
        "showAllSymbol": True,
        "connectNulls": False,
        "clip": False,
        "z": 3,
        "lineStyle": {"color": "var(--series-1)", "width": 2, "type": "dashed"},
        "itemStyle": {"color": "var(--series-1)"},
    }
