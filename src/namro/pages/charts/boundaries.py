"""The outlines of a city's communes: read once a process and day, for the drawing here and for the live map."""

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


def live_geometries(city: Unit) -> dict[str, Geometry]:
    """Return the boundaries by unit code for the live map, thinned together so that no gap opens; empty without any."""
    geometries = _geometries(city)
    parts = [(code, polygon) for code, shape in geometries.items() for polygon in _polygons(shape)]
    rings = [[(float(x), float(y)) for x, y, *_ in ring] for _, polygon in parts for ring in polygon]
    thin = iter(simplify(rings, LIVE_TOLERANCE))
    result: dict[str, Geometry] = {code: {"type": "MultiPolygon", "coordinates": []} for code in geometries}
    for code, polygon in parts:
        result[code]["coordinates"].append([_rounded(next(thin)) for _ in polygon])
    return result


@lru_cache(maxsize=8)
def _outline(city_pk: int, day: str) -> Outline:
    """Return the outlines of a city; LookupError (which is not kept) while there are none."""
    geometries = _geometries(Unit.objects.get(pk=city_pk))
    if not geometries:
        raise LookupError(city_pk)
    return outline(geometries)


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
