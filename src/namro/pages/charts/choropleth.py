"""A map of units coloured by value, drawn on the server: first on every device, light on a weak line."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape

from namro.pages.charts.outline import WIDTH, Box, Outline

# Six colours: five steps of twenty, and a hundred alone.
PER_CENT: Final = (20.0, 40.0, 60.0, 80.0, 100.0)
STEP: Final = 36


@dataclass(frozen=True)
class MapUnit:
    """One unit on the map: its value (None = no data), the words for it, and the page it opens."""

    code: str
    name: str
    value: float | None
    words: str
    href: str = ""


def step(value: float | None, cuts: Sequence[float] = PER_CENT) -> int | None:
    """Return 1–6, the colour of the ramp (1 low), or None where there is no value."""
    return None if value is None else bisect_right(cuts, float(value)) + 1


def choropleth(drawn: Outline, units: Iterable[MapUnit], alt: str, cuts: Sequence[float] = PER_CENT) -> str:
    """Return the map as SVG; units are links out of the tab order: the table beside it serves the keyboard."""
    known = {unit.code: unit for unit in units}
    shapes = "".join(
        _unit(known.get(code), path, drawn.far.get(code), cuts) for code, path in drawn.paths.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {WIDTH + 4} {drawn.height + 4}" '
        f'role="group" aria-label="{escape(alt)}">'
        f'<g fill-rule="evenodd">{shapes}</g></svg>'
    )


def ramp(words: Sequence[str], alt: str) -> str:
    """Return the six colours from low to high as SVG, with the words of the cuts where two colours meet."""
    steps = "".join(
        f'<rect class="map-ramp-{place + 1}" x="{place * STEP}" width="{STEP}" height="8"/>'
        for place in range(6)
    )
    marks = "".join(
        f'<text class="map-cut" x="{(place + 1) * STEP}" y="21" text-anchor="middle">{escape(text)}</text>'
        for place, text in enumerate(words)
    )
    return f'<svg class="ramp" viewBox="0 0 {6 * STEP} 26" role="img" aria-label="{escape(alt)}">{steps}{marks}</svg>'


def _unit(unit: MapUnit | None, path: str, box: Box | None, cuts: Sequence[float]) -> str:
    """Return one unit: a link with a title where it is known, a hatched shape where it is not."""
    number = step(unit.value, cuts) if unit else None
    fill = f'class="map-unit map-ramp-{number}"' if number else 'class="map-unit" fill="url(#hatch-none)"'
    shape = f'<path {fill} d="{path}"/>'
    if unit is None:
        return shape
    told = f"<title>{escape(unit.name)}: {escape(unit.words)}</title>"
    inside = told + (_inset(box, unit.name) if box else "") + shape
    return (
        f'<a href="{escape(unit.href)}" tabindex="-1" data-code="{escape(unit.code)}">{inside}</a>'
        if unit.href
        else f"<g>{inside}</g>"
    )


def _inset(box: Box, name: str) -> str:
    """Return the frame of a unit that lies far away, with its name."""
    right, foot = box.x + box.width - 10, box.y + box.height - 14
    return (
        f'<rect class="map-inset" x="{box.x:.0f}" y="{box.y:.0f}" '
        f'width="{box.width:.0f}" height="{box.height:.0f}" rx="8"/>'
        f'<text class="map-words" x="{right:.0f}" y="{foot:.0f}" text-anchor="end">{escape(name)}</text>'
    )


def shapes_once(drawn: Outline) -> str:
    """Return the outlines for a page that holds many small maps: each unit once, to be used by its code."""
    paths = "".join(f'<path id="u-{escape(code)}" d="{path}"/>' for code, path in drawn.paths.items())
    return f'<svg class="defs" aria-hidden="true" focusable="false"><defs>{paths}</defs></svg>'


def small_map(
    drawn: Outline, values: Mapping[str, float | None], alt: str, cuts: Sequence[float] = PER_CENT
) -> str:
    """Return a map that borrows the outlines of `shapes_once`: light, without doors; the chart's page has those."""
    used = "".join(_used(code, step(values.get(code), cuts)) for code in drawn.paths)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="340" height="220" '
        f'viewBox="-2 -2 {WIDTH + 4} {drawn.height + 4}" role="img" aria-label="{escape(alt)}">'
        f'<g fill-rule="evenodd">{used}</g></svg>'
    )


def _used(code: str, number: int | None) -> str:
    fill = f'class="map-unit map-ramp-{number}"' if number else 'class="map-unit" fill="url(#hatch-none)"'
    return f'<use href="#u-{escape(code)}" {fill}/>'
