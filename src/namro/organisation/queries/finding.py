"""Finding a unit by code or name, without marks; old names lead to the new units."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from namro.ground import clock
from namro.ground.text import fold, nearest
from namro.organisation.models import Successor, Unit
from namro.organisation.terms import Refused, UnitKind


class Found(NamedTuple):
    """A unit found, and the ended unit whose name led there (None when found directly)."""

    unit: Unit
    through: Unit | None
    part: str


def find_units(
    text: str, *, on: date | None = None, kinds: Iterable[str] = (), limit: int = 10
) -> list[Found]:
    """Units in force on the day by code or name without marks; an old code or name leads to its successors."""
    day = on or clock.today()
    matching = list(_matching(text, kinds=()).order_by("path")[: limit * 6])
    in_force = {u.pk for u in Unit.objects.valid_on(day).filter(pk__in=[u.pk for u in matching])}
    wanted = set(kinds)
    found = [Found(u, None, "") for u in matching if u.pk in in_force]
    found += _through_successors([u for u in matching if u.pk not in in_force], day)
    kept = [f for f in found if not wanted or f.unit.kind in wanted]
    return sorted(_once(kept), key=lambda f: _closeness(f, text))[:limit]


def _matching(text: str, *, kinds: Iterable[str]) -> QuerySet[Unit]:
    words = fold(text)
    named = Q(folded__contains=words) if words else Q(pk__in=[])
    rows = Unit.objects.filter(Q(code=text.strip()) | named)
    return rows.filter(kind__in=kinds) if kinds else rows


def _through_successors(ended: list[Unit], day: date) -> list[Found]:
    """Follow successor lines until a unit in force on the day; districts lead to all their communes' successors."""
    found: list[Found] = []
    origin = {unit.pk: unit for unit in ended}
    frontier = _with_children(origin)
    seen: set[int] = set()
    while frontier:
        steps = Successor.objects.filter(old_id__in=frontier).select_related("new")
        following: dict[int, Unit] = {}
        for step in steps:
            through = frontier[step.old_id]
            if _valid(step.new, day):
                found.append(Found(step.new, through, step.part))
            elif step.new_id not in seen:
                following[step.new_id] = through
            seen.add(step.new_id)
        frontier = following
    return found


def _with_children(origin: dict[int, Unit]) -> dict[int, Unit]:
    """The ended units and the ended units below them, each mapped to the one that was asked for."""
    inside = Q(pk__in=origin)
    for unit in origin.values():
        inside |= Q(path__startswith=unit.path)
    below = Unit.objects.filter(inside, valid_to__isnull=False)
    by_path = sorted(origin.values(), key=lambda u: -len(u.path))
    return {u.pk: next((o for o in by_path if u.path.startswith(o.path)), u) for u in below}


def _valid(unit: Unit, day: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= day) and (
        unit.valid_to is None or unit.valid_to > day
    )


def _once(found: list[Found]) -> list[Found]:
    kept: dict[int, Found] = {}
    for row in found:
        if row.unit.pk not in kept or (kept[row.unit.pk].through is not None and row.through is None):
            kept[row.unit.pk] = row
    return list(kept.values())


def _closeness(found: Found, text: str) -> tuple[int, int, str]:
    words, shown = fold(text), (found.through or found.unit)
    exact = shown.code == text.strip() or shown.folded == words or fold(shown.name).endswith(f" {words}")
    return (0 if exact else 1, 0 if found.through is None else 1, found.unit.sort_key)


def unit_named(text: str, *, on: date | None = None) -> Unit:
    """The one unit meant by a code or name; refuses with the nearest names, or with the successors of an old unit."""
    found = unit_or_successor(text, on=on)
    if found is None:
        raise Refused(f"Không có đơn vị «{text}»{_suggestion(text, on or clock.today())}", field="unit")
    return found


def unit_or_successor(text: str, *, on: date | None = None) -> Unit | None:
    """The one unit meant by a code or name, or the one an old unit went to; None when nothing bears the name."""
    day = on or clock.today()
    direct = list(Unit.objects.valid_on(day).filter(_exactly(text)))
    if len(direct) == 1:
        return direct[0]
    if len(direct) > 1:
        raise Refused(f"Tên «{text}» ứng với nhiều đơn vị; hãy ghi mã: {_listed(direct)}.", field="unit")
    led = _once(_through_successors(list(Unit.objects.filter(_exactly(text), valid_to__lte=day)), day))
    if len(led) == 1 and led[0].part == "whole":
        return led[0].unit
    if led:
        raise Refused(
            f"«{text}» đã sắp xếp lại thành {_listed([f.unit for f in led])}; hãy chọn một đơn vị.",
            field="unit",
        )
    return None


def _exactly(text: str) -> Q:
    words = fold(text)
    bare = Q(pk__in=[])
    for prefix in ("phuong", "xa", "dac khu", "thanh pho", "tinh", "quan", "huyen", "thi xa", "thi tran"):
        bare |= Q(folded=f"{prefix} {words}")
    short = Q(folded=words) | Q(short_name__iexact=text.strip())
    return Q(code=text.strip()) | ((short | bare) if words else Q(pk__in=[]))


def _suggestion(text: str, day: date) -> str:
    names = list(Unit.objects.valid_on(day).exclude(kind=UnitKind.COUNTRY).values_list("name", flat=True))
    close = nearest(text, names, n=3)
    return f"; gần nhất là: {', '.join(close)}." if close else "."


def _listed(units: Sequence[Unit]) -> str:
    shown = ", ".join(f"{u.name} ({u.code})" for u in units[:6])
    return shown + (f" và {len(units) - 6} đơn vị khác" if len(units) > 6 else "")
