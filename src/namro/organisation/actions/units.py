"""Loading the units of a package."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from django.db import transaction

from namro.audit.actions import record
from namro.ground.calendar import load_swaps
from namro.ground.geo import neighbours
from namro.organisation.catalog import OrganisationSpec, UnitSpec, read_organisation
from namro.organisation.models import Boundary, Neighbour, Profile, Successor, SwappedDay, Unit
from namro.organisation.queries import forget_calendar

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
    _put_neighbours({row.unit.code: row for row in rows})
    return len(rows)


def _put_neighbours(drawn: dict[str, Boundary]) -> None:
    """Keep who borders on whom under the same unit, as the outlines show it."""
    pairs = neighbours({code: row.geometry for code, row in drawn.items()})
    units = {code: row.unit for code, row in drawn.items()}
    ids = {code: unit.pk for code, unit in units.items()}
    beside = [(a, b) for a, b in pairs if units[a].parent_id == units[b].parent_id]
    both = {(ids[one], ids[other]) for a, b in beside for one, other in ((a, b), (b, a))}
    known = Neighbour.objects.filter(unit__in=ids.values())
    gone = [pk for pk, *pair in known.values_list("pk", "unit", "other") if tuple(pair) not in both]
    Neighbour.objects.filter(pk__in=gone).delete()
    Neighbour.objects.bulk_create(
        [Neighbour(unit_id=unit, other_id=other) for unit, other in sorted(both)], ignore_conflicts=True
    )


def _put_swapped_days(file: Path) -> int:
    swaps = load_swaps(file) if file.is_file() else ()
    for swap in swaps:
        SwappedDay.objects.update_or_create(
            off=swap.off, worked=swap.worked, defaults={"source": swap.source, "standing": swap.standing}
        )
    forget_calendar()
    return len(swaps)
