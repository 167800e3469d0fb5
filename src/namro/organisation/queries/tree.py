"""The tree of units: who stands above and below, which unit bears a code."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from namro.ground import clock
from namro.organisation.models import Successor, Unit
from namro.organisation.terms import AGENCY_KINDS, COMMUNE_KINDS, PROVINCE_KINDS


def city_of(unit: Unit) -> Unit:
    """The province or city in which the unit stands; the unit itself above that tier."""
    if unit.kind in PROVINCE_KINDS or unit.parent_id is None:
        return unit
    above = [part for part in unit.path.split("/") if part]
    found = Unit.objects.filter(code__in=above, kind__in=PROVINCE_KINDS, valid_to__isnull=True)
    return next((u for u in found if unit.path.startswith(u.path)), unit)


def subtree_ids(units: Sequence[Unit]) -> frozenset[int]:
    """Ids of the units and all below them."""
    inside = Q(pk__in=[])
    for unit in units:
        inside |= Q(path__startswith=unit.path)
    return frozenset(Unit.objects.filter(inside).values_list("pk", flat=True))


def unit_on(code: str, day: date | None = None) -> Unit | None:
    """The unit of that code in force on the day (default today)."""
    return Unit.objects.valid_on(day or clock.today()).filter(code=code).first()


def communes_of(city: Unit, day: date) -> QuerySet[Unit]:
    """Wards, communes and special zones of a city on the day, in Vietnamese order."""
    return Unit.objects.valid_on(day).below(city).filter(kind__in=COMMUNE_KINDS)


def agencies_of(city: Unit, day: date) -> QuerySet[Unit]:
    """Agencies of a city on the day, in Vietnamese order."""
    return Unit.objects.valid_on(day).below(city).filter(kind__in=AGENCY_KINDS)


def ancestors_of(unit: Unit) -> list[Unit]:
    """Units above, from the root down."""
    codes = [part for part in unit.path.split("/") if part][:-1]
    found = Unit.objects.filter(code__in=codes)
    above = [u for u in found if unit.path.startswith(u.path) and u.pk != unit.pk]
    return sorted(above, key=lambda u: len(u.path))


def current_by_code() -> dict[str, Unit]:
    """Units that have not ended, by code: the way from a stated code to the unit of today."""
    return {unit.code: unit for unit in Unit.objects.filter(valid_to__isnull=True)}


def predecessors_of(unit: Unit) -> QuerySet[Successor]:
    """Lines from ended units to this one, in Vietnamese order of the old names."""
    return Successor.objects.filter(new=unit).select_related("old__parent").order_by("old__sort_key")
