"""The outlines of a city's communes: read once a process and day, for the drawing here and for the live map."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from namro.ground import clock
from namro.organisation.models import Boundary, Unit
from namro.organisation.queries import communes_of
from namro.pages.charts.borders import Ring, simplify
from namro.pages.charts.outline import Outline, outline

LIVE_TOLERANCE = 0.0004  # degrees, some 40 m
DECIMALS = 4

Geometry = dict[str, Any]


def city_outline(city: Unit) -> Outline | None:
    """Return the drawn outlines of the communes in force today; None where the package brought no boundaries."""
    day = clock.today()
    try:
        return _outline(city.pk, day.isoformat())
    except LookupError:
        return None


def live_boundaries(city: Unit) -> dict[str, Any]:
    """Return the communes in force today as GeoJSON for the live map, thinned once a process and day."""
    try:
        return _live(city.pk, clock.today().isoformat())
    except LookupError:
        return feature_collection({})


def feature_collection(geometries: Mapping[str, Geometry]) -> dict[str, Any]:
    """Return areas by code as GeoJSON with numbered features, thinned together so that no gap opens between them."""
    parts = [(code, polygon) for code, shape in geometries.items() for polygon in _polygons(shape)]
    rings = [[(float(x), float(y)) for x, y, *_ in ring] for _, polygon in parts for ring in polygon]
    thin = iter(simplify(rings, LIVE_TOLERANCE))
    areas: dict[str, list[Any]] = {code: [] for code in geometries}
    for code, polygon in parts:
        areas[code].append([_rounded(next(thin)) for _ in polygon])
    return {
        "type": "FeatureCollection",
        "features": [_feature(*each) for each in enumerate(areas.items(), start=1)],
    }


def _feature(number: int, area: tuple[str, list[Any]]) -> dict[str, Any]:
    """Return one unit; the number lets the live map mark it."""
    code, polygons = area
    shape = {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "Feature", "id": number, "properties": {"code": code}, "geometry": shape}


@lru_cache(maxsize=8)
def _outline(city_pk: int, day: str) -> Outline:
    """Return the outlines of a city; LookupError (which is not kept) while there are none."""
    return outline(_some_geometries(city_pk))


@lru_cache(maxsize=8)
def _live(city_pk: int, day: str) -> dict[str, Any]:
    """Return the GeoJSON of a city; LookupError (which is not kept) while there is none."""
    return feature_collection(_some_geometries(city_pk))


def _some_geometries(city_pk: int) -> dict[str, Geometry]:
    """Return the stored boundaries of a city; LookupError where there are none."""
    geometries = _geometries(Unit.objects.get(pk=city_pk))
    if not geometries:
        raise LookupError(city_pk)
    return geometries


def _geometries(city: Unit) -> dict[str, Geometry]:
    """Return the stored boundaries of the communes in force today, by code."""
    rows = Boundary.objects.filter(unit__in=communes_of(city, clock.today()))
    return dict(rows.order_by("unit__code").values_list("unit__code", "geometry"))


def _polygons(shape: Geometry) -> list[Any]:
    """Return the polygons of an area."""
    return [shape["coordinates"]] if shape["type"] == "Polygon" else list(shape["coordinates"])


def _rounded(ring: Ring) -> list[list[float]]:
    """Return a ring as GeoJSON holds it, to some ten metres."""
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring]
