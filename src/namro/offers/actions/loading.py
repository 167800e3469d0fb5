"""Take in the registers and rules that a package declares; twice is as once."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from namro.audit.actions import record
from namro.ground import clock
from namro.offers.catalog import Known, Registers, read_registers, read_rules
from namro.offers.models import OfferRule, PersonalRegister
from namro.offers.terms import OfferRuleDef
from namro.organisation.queries import current_by_code
from namro.procedures.models import Procedure
from namro.sources.catalog.reading import Entry, plain

FOLDER = "offers"
Progress = Callable[[float, str], None]


@transaction.atomic
def load_package(folder: Path, *, progress: Progress | None = None) -> dict[str, int]:
    """Take in a package's folder `offers`; what it no longer declares falls out of use. Returns rows by kind."""
    inside, units = folder / FOLDER, frozenset(current_by_code())
    said = read_registers(inside, today=clock.today(), units=units)
    known = Known(units, _procedures(), {register.code: register for register, _entry in said.registers})
    read = read_rules(inside / "rules", today=clock.today(), known=known)
    _put_registers(said)
    _put_rules(read)
    if progress:
        progress(1.0, "dịch vụ chủ động")
    return {"personal_registers": len(said.registers), "offer_rules": len(read)}


def _procedures() -> frozenset[str]:
    return frozenset(Procedure.objects.filter(current__isnull=False).values_list("code", flat=True))


def _put_registers(said: Registers) -> None:
    declared = [register.code for register, _entry in said.registers]
    for order, (register, entry) in enumerate(said.registers, start=1):
        row = PersonalRegister.objects.filter(code=register.code).first() or PersonalRegister(
            code=register.code
        )
        shown = {"name": register.name, "name_en": register.name_en, "order": order, "is_live": True}
        _store(
            row,
            {**shown, "longest_years": said.longest_years, "body": plain(entry)},
            "declare_personal_register",
        )
    for row in PersonalRegister.objects.filter(is_live=True).exclude(code__in=declared):
        _store(row, {"is_live": False}, "declare_personal_register")


def _put_rules(read: list[tuple[OfferRuleDef, Entry]]) -> None:
    registers = {row.code: row for row in PersonalRegister.objects.all()}
    for rule, entry in read:
        row = OfferRule.objects.filter(code=rule.code).first() or OfferRule(code=rule.code)
        same = {name: getattr(rule, name) for name in ("version", "name", "name_en", "owner", "next_review")}
        about = {"register_id": registers[rule.register].pk, "procedure_code": rule.procedure}
        _store(row, {**same, **about, "is_live": True, "body": plain(entry)}, "declare_offer_rule")
    for row in OfferRule.objects.filter(is_live=True).exclude(code__in=[rule.code for rule, _entry in read]):
        _store(row, {"is_live": False}, "declare_offer_rule")


def _store(row: Any, values: Mapping[str, Any], verb: str) -> None:
    """Store a declared thing where it changed, with a line in the log."""
    before = {name: getattr(row, name) for name in values} if row.pk else None
    if before == values:
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(by=None, verb=verb, obj=row, before=before, after=values, unit=getattr(row, "owner", ""))
