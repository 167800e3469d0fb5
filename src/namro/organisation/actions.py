"""Verbs of the organisation: load the units of a package, put people and posts, end posts."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from namro.audit.actions import record
from namro.ground import clock
from namro.ground.calendar import load_swaps
from namro.organisation.catalog import OrganisationSpec, UnitSpec, read_organisation
from namro.organisation.models import Boundary, Person, Post, Profile, Successor, SwappedDay, Unit
from namro.organisation.queries import working_calendar
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Role, Viewer

Progress = Callable[[float, str], None]
Key = tuple[str, date | None]


def load_package(folder: Path, *, progress: Progress | None = None) -> dict[str, int]:
    """Put the units of a package into the database; the same folder twice changes nothing. Returns rows by kind."""
    spec = read_organisation(folder)
    with transaction.atomic():
        units, written = _put_units(spec.units)
        if progress:
            progress(0.5, "đơn vị")
        counts = {
            "units": len(units),
            "successors": _put_successors(spec, units),
            "profiles": _put_profiles(spec, units),
            "boundaries": _put_boundaries(spec, units),
            "swapped_days": _put_swapped_days(folder / "calendar.yaml"),
        }
        if written:
            record(
                by=None, verb="load_units", obj=units[(spec.root, spec.day)], after=counts, ground=folder.name
            )
    if progress:
        progress(1.0, "đơn vị")
    return counts


def _put_units(specs: Iterable[UnitSpec]) -> tuple[dict[Key, Unit], int]:
    """All units by key, and how many of them were written."""
    known: dict[Key, Unit] = {(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}
    written = 0
    for tier in _tiers(list(specs)):
        fresh: list[Unit] = []
        changed: list[Unit] = []
        for spec in tier:
            unit, is_changed = _fitted(spec, known)
            if unit._state.adding:
                fresh.append(unit)
            elif is_changed:
                changed.append(unit)
            known[spec.key] = unit
        Unit.objects.bulk_create(fresh)
        Unit.objects.bulk_update(changed, UNIT_FIELDS, batch_size=500)
        written += len(fresh) + len(changed)
    return known, written


UNIT_FIELDS = [
    "name",
    "name_en",
    "short_name",
    "kind",
    "parent",
    "path",
    "valid_to",
    "folded",
    "sort_key",
]


def _fitted(spec: UnitSpec, known: dict[Key, Unit]) -> tuple[Unit, bool]:
    unit = known.get(spec.key) or Unit(code=spec.code, valid_from=spec.valid_from)
    before = [getattr(unit, name) for name in UNIT_FIELDS]
    unit.name, unit.name_en, unit.short_name = spec.name, spec.name_en, spec.short_name
    unit.kind, unit.valid_to = spec.kind, spec.valid_to
    unit.parent = known[spec.parent] if spec.parent else None
    unit.fill_derived(unit.parent.path if unit.parent else "")
    return unit, before != [getattr(unit, name) for name in UNIT_FIELDS]


def _tiers(specs: list[UnitSpec]) -> list[list[UnitSpec]]:
    """Specs grouped so that every parent stands in an earlier group."""
    depth: dict[Key, int] = {}
    by_key = {spec.key: spec for spec in specs}

    def depth_of(spec: UnitSpec) -> int:
        if spec.key not in depth:
            parent = by_key.get(spec.parent) if spec.parent else None
            depth[spec.key] = depth_of(parent) + 1 if parent else 0
        return depth[spec.key]

    tiers: dict[int, list[UnitSpec]] = {}
    for spec in specs:
        tiers.setdefault(depth_of(spec), []).append(spec)
    return [tiers[level] for level in sorted(tiers)]


def _put_successors(spec: OrganisationSpec, units: dict[Key, Unit]) -> int:
    rows = [
        Successor(old=units[s.old], new=units[s.new], part=s.part, change=s.change, day=spec.day, note=s.note)
        for s in spec.successors
    ]
    Successor.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["old", "new"],
        update_fields=["part", "change", "day", "note"],
    )
    return len(rows)


def _put_profiles(spec: OrganisationSpec, units: dict[Key, Unit]) -> int:
    rows = [
        Profile(
            unit=units[(p.code, spec.day)],
            area_km2=p.area_km2 or None,
            population=p.population,
            source=p.source,
            note=p.note,
        )
        for p in spec.profiles
    ]
    Profile.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["area_km2", "population", "source", "note"],
    )
    return len(rows)


def _put_boundaries(spec: OrganisationSpec, units: dict[Key, Unit]) -> int:
    rows = [
        Boundary(unit=units[(code, spec.day)], geometry=geometry)
        for code, geometry in spec.boundaries.items()
        if (code, spec.day) in units
    ]
    Boundary.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit"], update_fields=["geometry"]
    )
    return len(rows)


def _put_swapped_days(file: Path) -> int:
    swaps = load_swaps(file) if file.is_file() else ()
    for swap in swaps:
        SwappedDay.objects.update_or_create(
            off=swap.off, worked=swap.worked, defaults={"source": swap.source, "standing": swap.standing}
        )
    working_calendar.cache_clear()
    return len(swaps)


@transaction.atomic
def put_people(rows: Iterable[dict[str, Any]], *, password: str, is_demo: bool) -> int:
    """Put people with their posts: username, full_name, unit (Unit), role, title, valid_from. Returns people made.

    People who exist stay as they are; all new ones share one password hash, so this is for demos only.
    """
    known = set(Person.objects.values_list("username", flat=True))
    secret, made = make_password(password), 0
    for row in rows:
        if row["username"] in known:
            continue
        person = Person(
            username=row["username"], full_name=row["full_name"], is_demo=is_demo, password=secret
        )
        person.save()
        Post.objects.create(
            person=person,
            unit=row["unit"],
            role=row["role"],
            title=row["title"],
            valid_from=row["valid_from"],
        )
        known.add(person.username)
        made += 1
    return made


@transaction.atomic
def add_person(*, username: str, full_name: str, password: str, by: Person | None, viewer: Viewer) -> Person:
    """Add someone who may sign in; they see nothing until a post is given."""
    check_capability(viewer, Capability.ADMINISTER)
    if Person.objects.filter(username__iexact=username).exists():
        raise Refused(f"Tên đăng nhập «{username}» đã có người dùng; hãy chọn tên khác.", field="username")
    person = Person(username=username, full_name=full_name)
    person.set_password(password)
    person.save()
    record(by=by, verb="add_person", obj=person, after={"username": username, "full_name": full_name})
    return person


@transaction.atomic
def give_post(
    *, person: Person, unit: Unit, role: str, title: str, start: date, by: Person | None, viewer: Viewer
) -> Post:
    """Give a post from a day on; the same post from the same day is given once."""
    check_capability(viewer, Capability.ADMINISTER)
    post, is_new = Post.objects.get_or_create(
        person=person, unit=unit, role=Role(role), valid_from=start, defaults={"title": title}
    )
    if is_new:
        after = {"person": person, "role": role, "title": title, "from": start}
        record(by=by, verb="give_post", obj=post, after=after, unit=unit.code)
    return post


@transaction.atomic
def end_post(*, post: Post, by: Person | None, viewer: Viewer, day: date | None = None) -> Post:
    """End a post on a day (default today): from that day its holder no longer acts or sees by it."""
    check_capability(viewer, Capability.ADMINISTER)
    last = day or clock.today()
    if last <= post.valid_from:
        raise Refused("Ngày thôi giữ chức vụ phải sau ngày bắt đầu.", field="day")
    before = {"valid_to": post.valid_to}
    post.valid_to = last
    post.save(update_fields=["valid_to"])
    record(by=by, verb="end_post", obj=post, before=before, after={"valid_to": last}, unit=post.unit.code)
    return post


@transaction.atomic
def set_active(*, person: Person, active: bool, by: Person | None, viewer: Viewer) -> Person:
    """Open or shut an account; a shut one can no longer sign in, its history stays."""
    check_capability(viewer, Capability.ADMINISTER)
    if by is not None and by.pk == person.pk:
        raise Refused("Bạn không thể tự khóa tài khoản của mình; hãy nhờ quản trị khác.")
    before = {"is_active": person.is_active}
    person.is_active = active
    person.save(update_fields=["is_active"])
    record(by=by, verb="set_active", obj=person, before=before, after={"is_active": active})
    return person
