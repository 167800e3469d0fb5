"""The parts of the home page above the map: first sentence and tallies."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.organisation.terms import UnitKind
from namro.pages.asof import AsOf
from namro.pages.home import sentence
from namro.pages.home.scope import Scope
from namro.pages.links import tasks_of
from namro.tasks.models import Register
from namro.tasks.queries import Counts

NONE = Counts()


@dataclass(frozen=True)
class TallyPanel:
    """One register in the band: its name, whose it is, the counts by state and the door to the rows (empty: none)."""

    title: str
    source: str
    counts: Mapping[str, int]
    href: str
    as_of: AsOf


def first_words(scope: Scope) -> dict[str, str]:
    """Return sentence, sub and dateline: of the city its first register, of a unit all that it leads."""
    counts, other = _own(scope), _wider(scope)
    return {
        "sentence": sentence.headline(counts, _what(scope)),
        "sub": sentence.sub(counts, other if other.total > counts.total else None, _level(scope)),
        "dateline": _("%(unit)s · số liệu đến %(day)s")
        % {"unit": scope.unit.name, "day": format_day(scope.as_of.day)},
    }


def _own(scope: Scope) -> Counts:
    return _first_or_all(scope, scope.counts)


def _wider(scope: Scope) -> Counts:
    return _first_or_all(scope, scope.wider_counts)


def _first_or_all(scope: Scope, counts: Mapping[int, Counts]) -> Counts:
    """Of the city the first register alone: the others are handed on from it, and adding them would count twice."""
    if scope.is_city:
        return counts.get(scope.registers[0].pk, NONE) if scope.registers else NONE
    return sum(counts.values(), NONE)


def _what(scope: Scope) -> str:
    if not scope.is_city:
        return _("nhiệm vụ %(unit)s chủ trì") % {"unit": scope.unit.name}
    if not scope.registers:
        return _("nhiệm vụ")
    return _("nhiệm vụ %(register)s") % {"register": scope.registers[0].short_name}


def _level(scope: Scope) -> str:
    return _("mức cả nước") if scope.is_city else _("mức chung của thành phố")


def tallies(scope: Scope) -> list[TallyPanel]:
    """Return the band: each register (of a unit: in which it leads a task), then the wider unit's, to compare."""
    shown = [each for each in scope.registers if scope.is_city or each.pk in scope.counts]
    own = [_tally(scope, register, scope.counts.get(register.pk, NONE)) for register in shown]
    return [*own, *_to_compare(scope)]


def _tally(scope: Scope, register: Register, counts: Counts) -> TallyPanel:
    href = tasks_of(scope.viewer, scope.unit, scope.as_of, register=register.code)
    return TallyPanel(register.short_name, scope.unit.label, asdict(counts), href, scope.as_of)


def _to_compare(scope: Scope) -> list[TallyPanel]:
    counts = _wider(scope)
    if scope.wider is None or counts.total <= _own(scope).total:
        return []
    first = scope.registers[0]
    named = first.short_name if scope.is_city else _("Tất cả các sổ")
    title = _("Cả nước") if scope.wider.kind == UnitKind.COUNTRY else scope.wider.name
    source = _("%(register)s, để so sánh") % {"register": named}
    # Who reads only their own unit sees the counts of the others, but no rows: no door.
    code = first.code if scope.is_city else ""
    href = tasks_of(scope.viewer, scope.wider, scope.as_of, register=code)
    return [TallyPanel(title, source, asdict(counts), href, scope.as_of)]


def as_context(scope: Scope) -> dict[str, Any]:
    """Return headline and band as the template takes them."""
    return first_words(scope) | {"tallies": tallies(scope)}
