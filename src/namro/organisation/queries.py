"""Reads of the organisation: the viewer, the tree, and old names that lead to the new units."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from namro.ground import clock
from namro.ground.calendar import Swap, WorkingCalendar
from namro.ground.text import fold, nearest
from namro.organisation.models import Person, Post, Successor, SwappedDay, Unit
from namro.organisation.rules import capabilities_of
from namro.organisation.terms import (
    AGENCY_KINDS,
    COMMUNE_KINDS,
    PROVINCE_KINDS,
    Capability,
    Refused,
    Role,
    UnitKind,
    Viewer,
)

ROLE_ORDER = list(Role)


def posts_on(person: Person, day: date) -> list[Post]:
    """Posts that the person holds on the day, the widest role first."""
    held = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), person=person, valid_from__lte=day
    )
    return sorted(held.select_related("unit"), key=lambda post: ROLE_ORDER.index(Role(post.role)))


def viewer(person: Person, day: date | None = None) -> Viewer | None:
    """The viewer a person is on the day (default today), or None when no post is held; at most three queries."""
    posts = posts_on(person, day or clock.today())
    if not posts:
        return None
    capabilities = capabilities_of(frozenset(Role(post.role) for post in posts))
    main = posts[0]
    return Viewer(
        person_id=person.pk,
        role=Role(main.role),
        capabilities=capabilities,
        home_unit_id=main.unit_id,
        home_unit_path=main.unit.path,
        city_id=city_of(main.unit).pk,
        unit_ids=None if Capability.READ_ALL in capabilities else subtree_ids([p.unit for p in posts]),
        post_unit_ids=frozenset(post.unit_id for post in posts),
    )


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


def people_of(unit_ids: Iterable[int], day: date) -> QuerySet[Person]:
    """People who hold a post in the units on the day."""
    held = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        person=OuterRef("pk"),
        unit_id__in=list(unit_ids),
        valid_from__lte=day,
    )
    return Person.objects.filter(Exists(held), is_active=True)


class DemoAccount(NamedTuple):
    """A sign-in of the demo, shown by `namro up`."""

    role: str
    username: str
    unit: str


def demo_accounts() -> list[DemoAccount]:
    """One demo account a role, in the order of the roles."""
    posts = Post.objects.filter(person__is_demo=True).select_related("person", "unit").order_by("pk")
    first: dict[str, Post] = {}
    for post in posts:
        first.setdefault(post.role, post)
    return [
        DemoAccount(str(role.label), first[role].person.username, first[role].unit.label)
        for role in Role
        if role in first
    ]


def current_by_code() -> dict[str, Unit]:
    """Units that have not ended, by code: the way from a stated code to the unit of today."""
    return {unit.code: unit for unit in Unit.objects.filter(valid_to__isnull=True)}


def posts_in(unit: Unit, day: date) -> QuerySet[Post]:
    """Posts held in the unit on the day, with their people."""
    held = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), unit=unit, valid_from__lte=day)
    return held.select_related("person").order_by("role", "person__sort_key")


def predecessors_of(unit: Unit) -> QuerySet[Successor]:
    """Lines from ended units to this one, in Vietnamese order of the old names."""
    return Successor.objects.filter(new=unit).select_related("old__parent").order_by("old__sort_key")


@cache
def working_calendar() -> WorkingCalendar:
    """The working calendar with the loaded swapped days; read once a process, anew after a load."""
    rows = SwappedDay.objects.order_by("pk")
    return WorkingCalendar(Swap(row.off, row.worked, row.source, row.standing) for row in rows)


def first_late_day(due: date) -> date:
    """The first day on which what was due is late: a due date on a free day runs to the end of the next working day
    (Civil Code 91/2015/QH13, Article 148)."""
    return working_calendar().next_working(due) + timedelta(days=1)
