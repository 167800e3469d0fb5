"""The boundaries of the live map: for those who hold a post, thinned, with the codes of the units."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import builders

from namro.organisation.models import Boundary
from namro.organisation.queries import communes_of
from namro.organisation.terms import Role
from namro.pages.charts import boundaries
from namro.pages.charts.boundaries import city_outline

SQUARE = {"type": "Polygon", "coordinates": [[[108, 16], [108.1, 16], [108.1, 16.1], [108, 16.1], [108, 16]]]}


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Forget the outlines of other tests' cities."""
    boundaries._outline.cache_clear()


@pytest.fixture
def drawn_commune(world: builders.World) -> str:
    commune = communes_of(world.city, builders.TODAY).first()
    assert commune is not None
    Boundary.objects.create(unit=commune, geometry=SQUARE)
    return commune.code


def test_the_city_has_no_outline_until_it_has_boundaries(world: builders.World) -> None:
    assert city_outline(world.city) is None


def test_the_outline_is_found_once_boundaries_are_there(world: builders.World, drawn_commune: str) -> None:
    drawn = city_outline(world.city)
    assert drawn is not None
    assert list(drawn.paths) == [drawn_commune]


def test_the_live_map_gets_geojson(
    world: builders.World, drawn_commune: str, signed_in: Callable[[Role], Client]
) -> None:
    answer = signed_in(Role.OFFICER).get(reverse("boundaries", args=[world.city.code]))
    (feature,) = answer.json()["features"]
    assert feature["properties"]["code"] == drawn_commune
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert len(feature["geometry"]["coordinates"][0][0]) == 5


def test_a_unit_that_is_not_there_is_not_found(
    world: builders.World, signed_in: Callable[[Role], Client]
) -> None:
    assert signed_in(Role.OFFICER).get(reverse("boundaries", args=["no-such"])).status_code == 404


@pytest.mark.django_db
def test_strangers_get_nothing() -> None:
    assert Client().get(reverse("boundaries", args=["48"])).status_code in (302, 404)
