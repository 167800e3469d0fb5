"""Take in the rules that a package declares; twice is as once."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import transaction

from namro.alerts.catalog import Known, read_rules, usual
from namro.alerts.models import Alert, Rule
from namro.alerts.terms import RuleDef
from namro.audit.actions import record
from namro.delivery.terms import Level
from namro.ground import clock
from namro.indicators.queries import definitions
from namro.organisation.catalog import read_package
from namro.organisation.models import Person
from namro.organisation.queries import current_by_code
from namro.sources.catalog.reading import Entry, plain
from namro.sources.queries import forms
from namro.sources.queries.intake import contracts

Progress = Callable[[float, str], None]


@transaction.atomic
def load_package(folder: Path, *, progress: Progress | None = None) -> dict[str, int]:
    """Take in the rules of a package's folder `alerts`; returns rows by kind, with warnings."""
    head = read_package(folder)
    place = replace(known(str(head["root"])), usual=usual(folder))
    read, reading = read_rules(folder / "alerts", today=clock.today(), known=place)
    load_rules(read, package=head["code"])
    if progress:
        progress(1.0, "quy tắc cảnh báo")
    return {"alert_rules": len(read), "warnings": len(reading.warnings)}


def known(root: str) -> Known:
    """What a rule may name in this place."""
    measured = definitions()
    return Known(
        units=frozenset(current_by_code()),
        forms=frozenset(form.code for form in forms()),
        indicators=frozenset(definition.code for definition in measured),
        periods={each.code: frozenset(kind.value for kind in each.periods) for each in measured},
        root=root,
        sources=frozenset(contract.code for contract in contracts()),
    )


def load_rules(read: Iterable[tuple[RuleDef, Entry]], *, package: str, by: Person | None = None) -> int:
    """Store the rules of a package; those it no longer declares fall out of use. Returns how many changed."""
    rows = {row.code: row for row in Rule.objects.filter(package=package)}
    changed, declared = 0, set()
    for rule, entry in read:
        declared.add(rule.code)
        row = rows.get(rule.code) or Rule(code=rule.code)
        changed += _store(
            row, {**columns_of(rule), "body": plain(entry), "package": package, "is_live": True}, by
        )
    for row in (row for row in rows.values() if row.code not in declared):
        changed += _store(row, {"is_live": False}, by)
    return changed


def columns_of(rule: RuleDef) -> dict[str, Any]:
    """What of a rule stands in columns, for the SELECTs to join by."""
    levels = {name: rule.thresholds.get(Level[name.upper()]) for name in ("watch", "warning", "critical")}
    same = ("version", "name", "name_en", "owner", "next_review", "within", "register", "form", "indicator")
    return {
        **{name: getattr(rule, name) for name in (*same, "breakdown", "covers_below")},
        "kind": rule.kind.value,
        "worse": rule.worse.value,
        "unit_kinds": list(rule.unit_kinds),
        **levels,
    }


def unstored(rule: RuleDef, entry: Entry) -> Rule:
    """The row of a rule that is only tried: it has no key and is never saved."""
    return Rule(code=rule.code, **columns_of(rule), body=plain(entry), package="", is_live=True)


def _store(row: Rule, values: dict[str, Any], by: Person | None) -> int:
    """Store a rule where it changed, with a line in the log."""
    before = {name: getattr(row, name) for name in values} if row.pk else None
    if before == values:
        return 0
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    if before and before.get("kind", row.kind) != row.kind:
        Alert.objects.filter(rule=row).update(kind=row.kind)
    record(by=by, verb="declare_alert_rule", obj=row, before=before, after=values, unit=row.owner)
    return 1
