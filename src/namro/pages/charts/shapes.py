"""Forms that need no axis, written as SVG here: a dial with its thresholds, a grid of colours, a funnel."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape

from namro.ground.numbers import format_percent, percent
from namro.pages.charts.choropleth import step
from namro.pages.charts.ground import Value

DIAL_WIDTH, DIAL_HEIGHT, RADIUS, THICK = 340, 176, 118, 20
NAME, ROW, CELL_GAP = 112, 20, 1
FUNNEL_ROW = 44


@dataclass(frozen=True)
class Zone:
    """A stretch of a dial up to a value, in the colour of a state."""

    until: float
    tone: str


def dial(value: Value, told: str, zones: Sequence[Zone], ends: tuple[float, float], alt: str) -> str:
    """Return a half circle from the lower to the upper end, its zones, and a needle where there is a value."""
    low, high = ends
    arcs, start = [], low
    for zone in zones:
        arcs.append(_arc(_share(start, low, high), _share(zone.until, low, high), zone.tone))
        start = zone.until
    needle = "" if value is None else _needle(_share(value, low, high))
    place = f'x="{DIAL_WIDTH // 2}" y="{DIAL_HEIGHT - 8}" text-anchor="middle"'
    words = f'<text class="dial-value" {place}>{escape(told)}</text>'
    return _svg(DIAL_WIDTH, DIAL_HEIGHT, "".join(arcs) + needle + words, alt)


def grid(
    names: Sequence[str],
    labels: Sequence[str],
    values: Sequence[Sequence[Value]],
    told: Sequence[Sequence[str]],
    cuts: Sequence[float],
    alt: str,
    width: int = 340,
) -> str:
    """Return rows of coloured cells, a row a name, a column a period; a cell without a value is hatched."""
    wide = (width - NAME) / max(1, len(labels))
    rows = "".join(
        _row(place, name, wide, values[place], told[place], cuts) for place, name in enumerate(names)
    )
    foot = len(names) * ROW + 14
    marks = _mark(NAME, foot, labels[0], "start") + _mark(width, foot, labels[-1], "end") if labels else ""
    return _svg(width, foot + 6, rows + marks, alt)


def funnel(
    names: Sequence[str], values: Sequence[Value], told: Sequence[str], alt: str, width: int = 340
) -> str:
    """Return level bands around one middle, as long as their share of the first, each with its words and that share."""
    first = next((value for value in values if value), 0)
    bands = "".join(
        _band(place, f"{name}: {words}", value, first, width)
        for place, (name, value, words) in enumerate(zip(names, values, told, strict=True))
    )
    return _svg(width, len(names) * FUNNEL_ROW, bands, alt)


def _svg(width: int, height: float, inside: str, alt: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:g}" '
        f'viewBox="0 0 {width} {height:g}" role="img" aria-label="{escape(alt)}">{inside}</svg>'
    )


def _share(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (float(value) - low) / (high - low))) if high > low else 0.0


def _point(share: float, radius: float) -> str:
    angle = math.pi * (1 - share)
    return (
        f"{DIAL_WIDTH / 2 + radius * math.cos(angle):.1f} {DIAL_HEIGHT - 40 - radius * math.sin(angle):.1f}"
    )


def _arc(start: float, end: float, tone: str) -> str:
    """Return one zone; of no length where its bounds meet."""
    outer, inner = RADIUS, RADIUS - THICK
    return (
        f'<path class="dial-{tone}" d="M{_point(start, outer)}A{outer} {outer} 0 0 1 {_point(end, outer)}'
        f'L{_point(end, inner)}A{inner} {inner} 0 0 0 {_point(start, inner)}Z"/>'
    )


def _needle(share: float) -> str:
    inner, outer = _point(share, RADIUS - THICK - 14), _point(share, RADIUS + 6)
    x, y = inner.split()
    to_x, to_y = outer.split()
    return f'<line class="dial-needle" x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}"/>'


def _row(
    place: int, name: str, wide: float, values: Sequence[Value], told: Sequence[str], cuts: Sequence[float]
) -> str:
    top = place * ROW
    cells = "".join(
        _cell(NAME + number * wide, top, wide, value, words, cuts)
        for number, (value, words) in enumerate(zip(values, told, strict=True))
    )
    place_of_name = f'x="{NAME - 8}" y="{top + 14}" text-anchor="end"'
    return f'<text class="grid-name" {place_of_name}>{escape(_short(name))}</text>{cells}'


def _short(name: str, most: int = 17) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _cell(left: float, top: int, wide: float, value: Value, words: str, cuts: Sequence[float]) -> str:
    number = step(value, cuts)
    fill = f'class="map-ramp-{number}"' if number else 'fill="url(#hatch-none)"'
    size = f'width="{max(1.0, wide - CELL_GAP):.1f}" height="{ROW - CELL_GAP}"'
    return f'<rect {fill} x="{left:.1f}" y="{top}" {size}><title>{escape(words)}</title></rect>'


def _mark(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text class="grid-mark" x="{x:g}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'


def _band(place: int, told: str, value: Value, first: float, width: int) -> str:
    share = float(value or 0) / float(first) if first else 0.0
    long, top = max(2.0, width * share), place * FUNNEL_ROW
    words = f"{told} ({format_percent(percent(value, first), 0)})" if place and first else told
    return (
        f'<text class="funnel-words" x="{width / 2:g}" y="{top + 14}" text-anchor="middle">{escape(words)}</text>'
        f'<rect class="funnel-band" x="{(width - long) / 2:.1f}" y="{top + 20}" width="{long:.1f}" height="18" rx="3"/>'
    )
