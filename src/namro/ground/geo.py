"""Boundaries: reading GeoJSON, its box, and the point at which a name stands on the map. Degrees, longitude first."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Ring = list[list[float]]


@dataclass(frozen=True)
class Feature:
    """One shape with what is known of it."""

    properties: dict[str, Any]
    geometry: dict[str, Any]

    @property
    def bbox(self) -> Box:
        """West, south, east, north; ValueError if the shape is empty."""
        points = [point for ring in _rings(self.geometry) for point in ring]
        if not points:
            raise ValueError("hình không có điểm nào")
        return (
            min(x for x, *_ in points),
            min(y for _, y, *_ in points),
            max(x for x, *_ in points),
            max(y for _, y, *_ in points),
        )

    @property
    def label_point(self) -> Point:
        """The centroid of the largest part, where a name is written; ValueError if the shape is empty."""
        rings = [ring for ring in _outer_rings(self.geometry) if ring]
        if not rings:
            raise ValueError("hình không có điểm nào")
        return _centroid(max(rings, key=lambda ring: abs(_doubled_area(ring))))


def read_features(path: Path) -> list[Feature]:
    """Return the features of a GeoJSON FeatureCollection; ValueError naming the file if it is none."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise ValueError(f"{path.name} không phải là GeoJSON FeatureCollection")
    return [
        Feature(each.get("properties") or {}, each["geometry"])
        for each in content["features"]
        if each["geometry"]
    ]


def neighbours(shapes: Mapping[str, dict[str, Any]]) -> set[tuple[str, str]]:
    """Return the pairs of shapes (each pair once, the lesser code first) that have a stretch of border in common.

    The shapes must be drawn over the same points, as those of one map are; a corner in common is no border.
    """
    owners: defaultdict[tuple[Point, ...], set[str]] = defaultdict(set)
    for code, geometry in shapes.items():
        for ring in _rings(geometry):
            for a, b in pairwise((x, y) for x, y, *_ in ring):
                owners[tuple(sorted((a, b)))].add(code)
    return {pair for codes in owners.values() for pair in combinations(sorted(codes), 2)}


def _polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    """Return the polygons of a shape; ValueError for kinds that are no area."""
    kind = geometry["type"]
    if kind == "Polygon":
        return [geometry["coordinates"]]
    if kind == "MultiPolygon":
        return list(geometry["coordinates"])
    if kind == "GeometryCollection":
        return [polygon for each in geometry["geometries"] for polygon in _polygons(each)]
    raise ValueError(f"không đọc hình loại {kind}, chỉ đọc vùng")


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    """Yield every ring of a shape, holes too."""
    for polygon in _polygons(geometry):
        yield from polygon


def _outer_rings(geometry: dict[str, Any]) -> list[Ring]:
    """Return the outer ring of each part."""
    return [polygon[0] for polygon in _polygons(geometry) if polygon]


def _doubled_area(ring: Ring) -> float:
    """Return twice the signed area of a ring, in square degrees."""
    return sum(_cross(a, b, ring[0]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True))


def _centroid(ring: Ring) -> Point:
    """Return the area-weighted centroid; the middle of the points if the ring has no area."""
    # Measured from the first point: far from the origin the plain formula loses the digits that count.
    x0, y0 = ring[0][:2]
    area = _doubled_area(ring)
    if abs(area) < 1e-18:
        return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    x = y = 0.0
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        weight = _cross(a, b, ring[0])
        x += (a[0] + b[0] - 2 * x0) * weight
        y += (a[1] + b[1] - 2 * y0) * weight
    return x0 + x / (3 * area), y0 + y / (3 * area)


def _cross(a: list[float], b: list[float], origin: list[float]) -> float:
    """Return the cross product of two points as seen from the origin."""
    return (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1])
