"""From boundaries to drawn paths: projected, thinned, far islands set into an inset; done once a process."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from namro.pages.charts.borders import Point, Ring, simplify

WIDTH = 1000
TOLERANCE = 0.9  # of a thousandth of the width
FAR = 5  # times the median distance from the middle: an archipelago, not a district
INSET_SHARE = 0.23
SMALLEST_ISLAND = 1.5
GAP = 8


@dataclass(frozen=True)
class Box:
    """A rectangle in the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Outline:
    """The paths of units by code, in a drawing WIDTH across; those in `far` lie inside their own inset box."""

    height: int
    paths: Mapping[str, str]
    far: Mapping[str, Box]


def outline(geometries: Mapping[str, Mapping[str, Any]]) -> Outline:
    """Return the paths of GeoJSON areas by code; ValueError if there are none."""
    if not geometries:
        raise ValueError("chưa có ranh giới nào để vẽ")
    rings = {code: _rings(geometry) for code, geometry in geometries.items()}
    middle = _middle_of_all(rings)
    far_codes = _far(rings, middle)
    drawn, height = _fitted({code: parts for code, parts in rings.items() if code not in far_codes}, WIDTH)
    paths = _paths(drawn)
    boxes: dict[str, Box] = {}
    for code in far_codes:
        inset, inset_height = _fitted({code: rings[code]}, int(WIDTH * INSET_SHARE) - 24)
        box = _free_box(
            drawn, [*boxes.values()], height, inset_height + 48, right=_middle(rings[code])[0] > middle[0]
        )
        boxes[code], height = box, max(height, math.ceil(box.y + box.height))
        paths |= _paths({code: [_moved(ring, box.x + 12, box.y + 10) for ring in inset[code]]})
    return Outline(height, paths, boxes)


def _rings(geometry: Mapping[str, Any]) -> list[Ring]:
    """Return all rings of an area."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    polygons = [coordinates] if kind == "Polygon" else coordinates
    return [[(float(x), float(y)) for x, y, *_ in ring] for polygon in polygons for ring in polygon]


def _middle(rings: list[Ring]) -> Point:
    """Return the middle of the box around rings."""
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _middle_of_all(rings: Mapping[str, list[Ring]]) -> Point:
    """Return the median middle, which an archipelago cannot pull away."""
    middles = [_middle(parts) for parts in rings.values()]
    return median(x for x, _ in middles), median(y for _, y in middles)


def _far(rings: Mapping[str, list[Ring]], middle: Point) -> list[str]:
    """Return the codes that would shrink all others if drawn in place."""
    away = {code: math.dist(_middle(parts), middle) for code, parts in rings.items()}
    usual = median(away.values())
    return [code for code, distance in away.items() if usual and distance > FAR * usual]


def _fitted(rings: Mapping[str, list[Ring]], width: int) -> tuple[dict[str, list[Ring]], int]:
    """Return the rings in pixels, thinned together so that shared borders stay shared, and the height they need."""
    xs = [x for parts in rings.values() for ring in parts for x, _ in ring]
    ys = [y for parts in rings.values() for ring in parts for _, y in ring]
    west, north = min(xs), max(ys)
    squeeze = math.cos(math.radians((north + min(ys)) / 2))
    scale = width / ((max(xs) - west) * squeeze)
    flat = [
        [((x - west) * squeeze * scale, (north - y) * scale) for x, y in ring]
        for parts in rings.values()
        for ring in parts
    ]
    thin = iter(simplify(flat, TOLERANCE))
    return {code: [next(thin) for _ in parts] for code, parts in rings.items()}, math.ceil(
        (north - min(ys)) * scale
    )


def _moved(ring: Ring, dx: float, dy: float) -> Ring:
    """Return the ring elsewhere."""
    return [(x + dx, y + dy) for x, y in ring]


def _free_box(
    drawn: Mapping[str, list[Ring]], taken: list[Box], height: int, tall: float, right: bool
) -> Box:
    """Return where an inset hangs, on the side where the unit truly lies: the upper corner if free, else below all."""
    width = WIDTH * INSET_SHARE
    x = WIDTH - width if right else 0.0
    points = [point for parts in drawn.values() for ring in parts for point in ring]
    points += [(box.x, box.y + box.height) for box in taken]
    below = [y for px, y in points if x - GAP <= px <= x + width + GAP]
    if min(below, default=height) > tall + GAP:
        return Box(x, 0, width, tall)
    return Box(x, max(height - tall, max(below) + GAP), width, tall)


def _paths(drawn: Mapping[str, list[Ring]]) -> dict[str, str]:
    """Return the rings of each unit as one path in whole pixels; the largest ring stays however small it is."""
    return {code: "".join(_path(ring) for ring in _seen(parts)) for code, parts in drawn.items()}


def _seen(rings: list[Ring]) -> list[Ring]:
    """Return the rings large enough to be seen, at least one."""
    large = [ring for ring in rings if _size(ring) >= SMALLEST_ISLAND]
    return large or [max(rings, key=_size)]


def _size(ring: Ring) -> float:
    """Return the longer side of the box around a ring."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _path(ring: Ring) -> str:
    """Return a ring as 'M12 30l3-4 2 5z'."""
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(whole)]
    numbers = [number for step in steps[:-1] if step != (0, 0) for number in step]
    return (
        f"M{whole[0][0]} {whole[0][1]}l{_joined(numbers)}z"
        if numbers
        else f"M{whole[0][0]} {whole[0][1]}h2v2h-2z"
    )


def _joined(numbers: list[int]) -> str:
    """Return numbers side by side, with a space only where no minus parts them."""
    return "".join(
        f"{number}" if place == 0 or number < 0 else f" {number}" for place, number in enumerate(numbers)
    )
