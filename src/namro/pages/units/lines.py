"""Where a unit came from and where it went, in sentences with their days."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.organisation.models import Successor, Unit
from namro.organisation.queries import predecessors_of
from namro.organisation.terms import Part
from namro.pages.asof import AsOf
from namro.pages.links import address


@dataclass(frozen=True)
class Step:
    """One line of descent: the other unit, whole or in part, since when, and the note of the source."""

    unit: Unit
    href: str
    words: str
    note: str


def came_from(unit: Unit) -> list[Step]:
    """Return the ended units that went into this one."""
    return [_step(row, row.old) for row in predecessors_of(unit)]


def went_to(unit: Unit) -> list[Step]:
    """Return the units that an ended one went into; of a district, those of its communes."""
    rows = Successor.objects.filter(old=unit).select_related("new").order_by("new__sort_key")
    return [_step(row, row.new) for row in (rows or _of_those_below(unit))]


def _of_those_below(unit: Unit) -> QuerySet[Successor]:
    inside = Unit.objects.below(unit).exclude(pk=unit.pk)
    return (
        Successor.objects.filter(old__in=inside)
        .select_related("new")
        .order_by("new__sort_key", "new_id", "part")
        .distinct("new__sort_key", "new_id")
    )


def _step(row: Successor, other: Unit) -> Step:
    part = _("toàn bộ") if row.part == Part.WHOLE else _("một phần")
    words = _("%(part)s, từ %(day)s") % {"part": part, "day": format_day(row.day)}
    return Step(other, ended_page(other), words, row.note)


def ended_page(unit: Unit) -> str:
    """Return the page of a unit that may have ended: read for its last days where its code lives on in another."""
    if unit.valid_to is None:
        return address("unit", unit.code)
    return address("unit", unit.code, den=unit.valid_to.isoformat())


def unit_of(code: str, as_of: AsOf, ended: str) -> Unit | None:
    """Return the unit of a code on the day; `ended` names the one that ended on that day; else the last of the code."""
    rows = Unit.objects.select_related("parent", "profile", "boundary").filter(code=code)
    if ended:
        return next((row for row in rows if row.valid_to and row.valid_to.isoformat() == ended), None)
    return rows.valid_on(as_of.day).first() or rows.order_by("-valid_from").first()


__all__ = ["Step", "came_from", "ended_page", "unit_of", "went_to"]
