"""The list of units: found by old or new name, or the whole tree by kind."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number
from namro.organisation.models import Unit
from namro.organisation.queries import Found, find_units
from namro.organisation.terms import AGENCY_KINDS, COMMUNE_KINDS, Part, UnitKind
from namro.pages.asof import AsOf
from namro.pages.links import unit_page

# In the order of the page: the city's own bodies first, the rest of the country last.
KINDS = (
    UnitKind.PARTY_BODY, UnitKind.DEPARTMENT, UnitKind.VERTICAL_AGENCY, UnitKind.OTHER, UnitKind.WARD, UnitKind.COMMUNE,
    UnitKind.SPECIAL_ZONE, UnitKind.CITY, UnitKind.PROVINCE, UnitKind.MINISTRY,
)  # fmt: skip
FOUND = 50


@dataclass(frozen=True)
class Line:
    """A unit in the list, with what stands below it and, when an old name led here, how."""

    unit: Unit
    href: str
    below: list["Line"]
    note: str = ""


@dataclass(frozen=True)
class Group:
    """The units of one kind."""

    kind: UnitKind
    title: str
    count: int
    lines: list[Line]


def found(words: str, as_of: AsOf) -> list[Line]:
    """Return the units in force on the day that a name or code leads to, old ones by their successors."""
    hits = find_units(words, on=as_of.day, limit=FOUND)
    return [Line(hit.unit, unit_page(hit.unit, as_of), [], _through(hit)) for hit in hits]


def _through(hit: Found) -> str:
    """Return how an ended unit became this one."""
    if hit.through is None:
        return ""
    part = _("một phần của") if hit.part == Part.PART else _("từ")
    return f"{part} {hit.through.name}"


def sentence(groups: list[Group], city: str) -> str:
    """Return how many units the city has, from the rows shown."""
    communes = sum(group.count for group in groups if group.kind in COMMUNE_KINDS)
    agencies = sum(group.count for group in groups if group.kind in AGENCY_KINDS)
    return _("%(city)s có %(communes)s xã, phường, đặc khu và %(agencies)s cơ quan.") % {
        "city": city,
        "communes": format_number(communes),
        "agencies": format_number(agencies),
    }


def tree(city: Unit, as_of: AsOf) -> list[Group]:
    """Return the city by kind, then the provinces and the bodies of the centre; two queries."""
    rows = Unit.objects.valid_on(as_of.day)
    inside = list(rows.below(city).exclude(pk=city.pk)) + list(rows.filter(parent_id=city.parent_id))
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in inside:
        below[unit.parent_id].append(unit)
    tops = below[city.pk] + below[city.parent_id]
    return [group for kind in KINDS if (group := _group(kind, tops, below, as_of)).lines]


def _group(kind: UnitKind, tops: list[Unit], below: dict[int | None, list[Unit]], as_of: AsOf) -> Group:
    lines = [_line(unit, below, as_of) for unit in tops if unit.kind == kind]
    return Group(kind, str(kind.label), len(lines) + sum(len(line.below) for line in lines), lines)


def _line(unit: Unit, below: dict[int | None, list[Unit]], as_of: AsOf) -> Line:
    children = [] if unit.kind in (UnitKind.CITY, UnitKind.PROVINCE) else below[unit.pk]
    return Line(unit, unit_page(unit, as_of), [_line(child, below, as_of) for child in children])
