"""What is asked of the pages of indicators: whose figures, for which day; wrong values are put right softly."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest

from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.pages.asof import AsOf, as_of
from namro.pages.links import address

# In the address, with the words of the choice kept in the templates.
STATES = ("breached", "behind", "missing", "late", "fresh")


@dataclass(frozen=True)
class Asked:
    """Who reads, for which day, about which unit, beside the city that the unit stands in."""

    viewer: Viewer
    as_of: AsOf
    unit: Unit
    city: Unit
    chosen: bool = False

    @property
    def is_city(self) -> bool:
        """Whether the city itself is read about."""
        return self.unit.pk == self.city.pk

    @property
    def query(self) -> dict[str, str]:
        """What every link of the page keeps: the day, and the unit where it was chosen."""
        return ({"don_vi": self.unit.code} if self.chosen else {}) | self.as_of.query

    def indicator(self, code: str, unit: Unit | None = None, breakdown: str = "") -> str:
        """Return the page of an indicator for the same day."""
        other = unit or self.unit
        return address("indicator", code, don_vi=other.code, phan_to=breakdown, **self.as_of.query)


def asked_of(request: HttpRequest, viewer: Viewer) -> Asked:
    """Return who asks about which unit: the one named, else the viewer's own, or the city for those who read all."""
    day, code = as_of(request), request.GET.get("don_vi", "").strip()
    wanted = Q(pk__in={viewer.city_id, viewer.home_unit_id})
    known = list(Unit.objects.filter(wanted) | Unit.objects.valid_on(day.day).filter(code=code))
    city = next(unit for unit in known if unit.pk == viewer.city_id)
    named = next((unit for unit in known if code and unit.code == code), None)
    return Asked(viewer, day, named or _own(viewer, known, city), city, chosen=named is not None)


def _own(viewer: Viewer, known: list[Unit], city: Unit) -> Unit:
    if viewer.unit_ids is None:
        return city
    return next(unit for unit in known if unit.pk == viewer.home_unit_id)


def units_to_choose(asked: Asked) -> list[Unit]:
    """Return the city and what stands directly below it on the day, in Vietnamese order; one query."""
    below = Unit.objects.valid_on(asked.as_of.day).filter(parent=asked.city)
    # The city and the unit read about stand here whatever the day: their figures reach back before they were formed.
    here = {unit.pk: unit for unit in (asked.city, asked.unit, *below)}
    return sorted(here.values(), key=lambda unit: (unit.pk != asked.city.pk, unit.sort_key))
