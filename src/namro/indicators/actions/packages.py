"""Take in what a package declares: its definitions and targets."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import transaction

from namro.audit.actions import record
from namro.ground import clock
from namro.indicators.actions.charts import load_boards
from namro.indicators.actions.peers import load_peers
from namro.indicators.catalog.definitions import read_definitions
from namro.indicators.catalog.indices import read_indices
from namro.indicators.catalog.targets import read_targets
from namro.indicators.models import Definition, Target
from namro.indicators.terms import IndicatorDef, TargetDef
from namro.organisation.catalog import read_package
from namro.organisation.models import Person, Unit
from namro.organisation.queries import current_by_code
from namro.sources.catalog.reading import Entry, plain
from namro.sources.queries import known_measures
from namro.sources.queries.intake import contracts

Progress = Callable[[float, str], None]


@transaction.atomic
def load_package(folder: Path, *, progress: Progress | None = None) -> dict[str, int]:
    """Take in what a package declares of figures and charts; twice is as once. Returns rows by kind, with warnings."""
    head, units, today = read_package(folder), current_by_code(), clock.today()
    read, first = read_definitions(
        folder / "indicators",
        today=today,
        units=set(units),
        measures=known_measures(),
        contracts={contract.code: contract for contract in contracts()},
    )
    known = {definition.code: definition for definition, _ in read}
    composed, third = read_indices(folder / "indices", today=today, units=set(units), indicators=known)
    every = [*read, *composed]
    load_definitions(every, package=head["code"])
    codes = {definition.code for definition, _ in every}
    aims, second = read_targets(folder / "targets", today=today, units=set(units), indicators=codes)
    load_targets(aims, units, package=head["code"])
    boards = load_boards(
        folder, package=head["code"], units=set(units), indicators=[definition for definition, _ in every]
    )
    boards |= load_peers(folder, package=head["code"], units=set(units))
    if progress:
        progress(1.0, "chỉ tiêu, mục tiêu và biểu đồ")
    warnings = sum(len(reading.warnings) for reading in (first, second, third))
    warnings += boards.pop("chart_warnings") + boards.pop("peer_warnings")
    return {
        "indicators": len(read),
        "indices": len(composed),
        "targets": len(aims),
        "warnings": warnings,
    } | boards


def load_definitions(
    read: Iterable[tuple[IndicatorDef, Entry]], *, package: str, by: Person | None = None
) -> int:
    """Store the definitions of a package; those it no longer declares fall out of use. Returns how many changed."""
    known, changed, declared = {row.code: row for row in Definition.objects.filter(package=package)}, 0, set()
    for definition, entry in read:
        declared.add(definition.code)
        values = {
            "version": definition.version,
            "body": plain(entry),
            "owner": definition.owner,
            "next_review": definition.next_review,
            "package": package,
            "is_active": True,
        }
        changed += _store(known.get(definition.code) or Definition(code=definition.code), values, by)
    for row in (row for row in known.values() if row.code not in declared):
        changed += _store(row, {"is_active": False}, by)
    return changed


def load_targets(
    read: Iterable[tuple[TargetDef, Entry]], units: dict[str, Unit], *, package: str, by: Person | None = None
) -> int:
    """Store the targets of a package; one set anew on another day is one more. Returns how many changed."""
    changed = 0
    for target, entry in read:
        key = {
            "indicator": target.indicator,
            "unit": units[target.unit],
            "breakdown": target.breakdown,
            "set_on": target.set_on,
        }
        row = Target.objects.filter(**key).first() or Target(**key)
        changed += _store(row, {"body": plain(entry), "package": package}, by)
    return changed


def _store(row: Definition | Target, values: dict[str, object], by: Person | None) -> int:
    """Store a declared thing where it changed, with a line in the log."""
    before = {name: getattr(row, name) for name in values} if row.pk else None
    if before == values:
        return 0
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    verb = "declare_indicator" if isinstance(row, Definition) else "set_target"
    record(by=by, verb=verb, obj=row, before=before, after=values)
    return 1
