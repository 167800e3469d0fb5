"""Whose board is read, for which day: the unit, the city it stands in, and the units beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from namro.ground import clock
from namro.indicators.catalog.charts import BY_UNITS, ChartDef, Level
from namro.indicators.queries.boards import Board
from namro.organisation.models import Unit
from namro.organisation.terms import AGENCY_KINDS, COMMUNE_KINDS, Viewer
from namro.pages.asof import AsOf
from namro.pages.links import address


@dataclass(frozen=True)
class Place:
    """Who reads whose board for which day; `below` are the units of the city by key."""

    viewer: Viewer
    as_of: AsOf
    city: Unit
    unit: Unit
    below: Mapping[int, Unit]

    @property
    def is_city(self) -> bool:
        """Whether it is the city's own board."""
        return self.unit.pk == self.city.pk

    @property
    def level(self) -> Level:
        """The tier whose charts stand on the board."""
        if self.is_city:
            return Level.CITY
        return Level.COMMUNE if self.unit.kind in COMMUNE_KINDS else Level.AGENCY

    @cached_property
    def communes(self) -> list[Unit]:
        """The communes of the city, in Vietnamese order."""
        return [unit for unit in self.below.values() if unit.kind in COMMUNE_KINDS]

    @cached_property
    def agencies(self) -> list[Unit]:
        """The agencies of the city, in Vietnamese order."""
        return [unit for unit in self.below.values() if unit.kind in AGENCY_KINDS]

    @cached_property
    def board(self) -> Board:
        """The keys that the figures are asked by."""
        communes, agencies = [unit.pk for unit in self.communes], [unit.pk for unit in self.agencies]
        return Board(self.unit.pk, communes, agencies, self.level)

    def among(self, chart: ChartDef) -> list[Unit]:
        """Return the units that a chart sets beside each other."""
        if chart.over not in BY_UNITS:
            return []
        return self.agencies if chart.among is Level.AGENCY else self.communes

    def name(self, key: int) -> str:
        """Return the name of a unit of the board."""
        if key == self.unit.pk:
            return self.unit.name
        return self.city.name if key == self.city.pk else self.below[key].name

    @property
    def home(self) -> str:
        """The board's own page."""
        if self.is_city:
            return address("centre", **self.as_of.query)
        return address("centre_unit", self.unit.code, **self.as_of.query)

    def href(self, route: str, code: str, **query: str) -> str:
        """Return a page about a chart or a group, read for the same unit and day."""
        own = {} if self.is_city else {"don_vi": self.unit.code}
        return address(route, code, **(own | query | self.as_of.query))


def place_of(viewer: Viewer, as_of: AsOf, code: str = "") -> Place:
    """Return the board of a unit of the viewer's city (none named: the city's); 404 for any other unit; two queries.

    Units are those of today whatever the day that is read: figures of old days are kept under the units of today.
    """
    city = Unit.objects.get(pk=viewer.city_id)
    units = Unit.objects.valid_on(clock.today()).filter(parent=city)
    below = {unit.pk: unit for unit in units.order_by("sort_key")}
    named = next((unit for unit in (city, *below.values()) if unit.code == code), None)
    if code and named is None:
        raise Http404(code)
    return Place(viewer, as_of, city, named or city, below)
