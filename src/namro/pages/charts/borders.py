"""Simplify a map without tearing it: a border that two units share is cut where three meet, and thinned once."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

Point = tuple[float, float]
Ring = list[Point]


def simplify(rings: Iterable[Ring], tolerance: float) -> list[Ring]:
    """Return closed rings with fewer points, none dropped beyond the tolerance; shared borders stay shared."""
    closed = [ring if ring[0] == ring[-1] else [*ring, ring[0]] for ring in rings]
    corners = _corners(closed)
    thinned: dict[tuple[Point, ...], list[Point]] = {}
    return [_simplified(ring, corners, tolerance, thinned) for ring in closed]


def _corners(rings: list[Ring]) -> set[Point]:
    """Return the points where borders part: those with neighbours other than two."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            neighbours[one].add(other)
            neighbours[other].add(one)
    return {point for point, near in neighbours.items() if len(near) != 2}


def _simplified(
    ring: Ring, corners: set[Point], tolerance: float, thinned: dict[tuple[Point, ...], list[Point]]
) -> Ring:
    """Return one ring, arc by arc; an arc seen before (from the other side) is taken as it was thinned then."""
    result: Ring = []
    for arc in _arcs(ring, corners):
        straight = arc[0] <= arc[-1]
        key = tuple(arc if straight else arc[::-1])
        if key not in thinned:
            thinned[key] = _thin(list(key), tolerance)
        part = thinned[key] if straight else thinned[key][::-1]
        result.extend(part if not result else part[1:])
    return result


def _arcs(ring: Ring, corners: set[Point]) -> list[Ring]:
    """Return the ring cut at its corners; an island, which has none, at its first and its farthest point."""
    open_ring = ring[:-1]
    places = [place for place, point in enumerate(open_ring) if point in corners]
    if not places:
        start = open_ring.index(min(open_ring))
        open_ring = open_ring[start:] + open_ring[:start]
        places = [0, _farthest(open_ring)]
    turned = open_ring[places[0] :] + open_ring[: places[0]]
    cuts = [place - places[0] for place in places] + [len(turned)]
    turned.append(turned[0])
    return [turned[one : other + 1] for one, other in pairwise(cuts)]


def _farthest(ring: Ring) -> int:
    """Return the place of the point farthest from the first."""
    x, y = ring[0]
    return max(range(len(ring)), key=lambda place: (ring[place][0] - x) ** 2 + (ring[place][1] - y) ** 2)


def _thin(line: Ring, tolerance: float) -> Ring:
    """Return the line by Douglas and Peucker: ends kept, points within the tolerance of the chord dropped."""
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        place, far = _worst(line, first, last)
        if far > tolerance:
            keep.add(place)
            stack += [(first, place), (place, last)]
    return [line[place] for place in sorted(keep)]


def _worst(line: Ring, first: int, last: int) -> tuple[int, float]:
    """Return the inner point farthest from the chord, and how far."""
    (ax, ay), (bx, by) = line[first], line[last]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    worst, far = first, 0.0
    for place in range(first + 1, last):
        x, y = line[place]
        cross = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay))
        distance = cross / length if length else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
        if distance > far:
            worst, far = place, distance
    return worst, far
