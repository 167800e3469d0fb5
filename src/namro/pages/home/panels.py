"""The parts of the home page above the map: first sentence and tallies."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.organisation.models import Unit
from namro.organisation.terms import UnitKind
from namro.pages.asof import AsOf
from namro.pages.home import sentence
from namro.pages.home.scope import Scope
from namro.pages.links import address, tasks_of
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
    """Return sentence, sub and dateline of the page, from the first register that the unit in view has tasks in."""
    shown = _leading(scope)
    counts = scope.counts.get(shown.pk, NONE) if shown else NONE
    other = scope.wider_counts.get(shown.pk) if shown else None
    return {
        "sentence": sentence.headline(counts, _what(scope, shown)),
        "sub": sentence.sub(counts, other if _is_wider(other, counts) else None, _level(scope)),
        "dateline": _("%(unit)s · số liệu đến %(day)s")
        % {"unit": scope.unit.name, "day": format_day(scope.as_of.day)},
    }


def _leading(scope: Scope) -> Register | None:
    """The first register with tasks of the unit in view, else the first of all."""
    counted = [register for register in scope.registers if register.pk in scope.counts]
    return next(iter([*counted, *scope.registers]), None)


def _what(scope: Scope, register: Register | None) -> str:
    name = register.short_name if register else ""
    tasks = _("nhiệm vụ %(register)s") % {"register": name} if name else _("nhiệm vụ")
    return (
        tasks
        if scope.is_city
        else _("%(tasks)s do %(unit)s chủ trì") % {"tasks": tasks, "unit": scope.unit.name}
    )


def _level(scope: Scope) -> str:
    return _("mức cả nước") if scope.is_city else _("mức chung của thành phố")


def _is_wider(other: Counts | None, counts: Counts) -> bool:
    """Whether the others hold more than the unit itself: otherwise there is nothing to compare with."""
    return other is not None and other.total > counts.total


def tallies(scope: Scope) -> list[TallyPanel]:
    """Return the band: each register of the unit in view, then the wider unit's, to compare."""
    own = [_tally(scope, register, scope.counts.get(register.pk, NONE)) for register in scope.registers]
    return [*own, *_to_compare(scope)]


def _tally(scope: Scope, register: Register, counts: Counts) -> TallyPanel:
    href = tasks_of(scope.viewer, scope.unit, scope.as_of, register=register.code)
    return TallyPanel(register.short_name, scope.unit.label, asdict(counts), href, scope.as_of)


def _to_compare(scope: Scope) -> list[TallyPanel]:
    register = _leading(scope)
    other = scope.wider_counts.get(register.pk) if register else None
    if register is None or scope.wider is None or not _is_wider(other, scope.counts.get(register.pk, NONE)):
        return []
    title = _("Cả nước") if scope.wider.kind == UnitKind.COUNTRY else scope.wider.name
    source = _("%(register)s, để so sánh") % {"register": register.short_name}
    return [
        TallyPanel(
            title, source, asdict(other or NONE), _wider_door(scope, scope.wider, register), scope.as_of
        )
    ]


def _wider_door(scope: Scope, wider: Unit, register: Register) -> str:
    """The rows for those who read everything; for others the league, which shows the counts but no rows."""
    if scope.viewer.unit_ids is None:
        return tasks_of(scope.viewer, wider, scope.as_of, register=register.code)
    return ""


def steps(scope: Scope) -> list[tuple[str, str]]:
    """Return the doors to what the band is made of, for those who want the table."""
    return [(_("Bảng xếp hạng"), address("league", **scope.as_of.query)), (_("Đơn vị"), address("units"))]


def as_context(scope: Scope) -> dict[str, Any]:
    """Return headline and band as the template takes them."""
    return first_words(scope) | {"tallies": tallies(scope)}
