"""Rules of the offers: one YAML file each, read into OfferRuleDef and checked; a fault is named with file and line."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

from namro.ground.reviewed import LINE
from namro.offers.terms import Basis, FieldKind, Lead, LeapDay, OfferRuleDef, RegisterDef, Standing, When
from namro.sources.catalog.reading import Entry, Reading, day_of

_NEEDED = (
    *("code", "version", "name", "name_en", "owner", "next_review", "register", "procedure", "when", "lead"),
    *("reason", "reason_en", "why", "bases", "prefill"),
)
_ALLOWED = (*_NEEDED, "where", "recent_days", "settled_by")
_BASIS = ("document", "says", "source", "standing")
MOST_DAYS = 366
ON = "on"


@dataclass(frozen=True)
class Known:
    """What a rule may name: codes of units and of procedures, and the registers by code."""

    units: Collection[str]
    procedures: Collection[str]
    registers: Mapping[str, RegisterDef]


def read_rules(folder: Path, *, today: date, known: Known) -> list[tuple[OfferRuleDef, Entry]]:
    """Return the rules of a folder with their entries; PackageRefused with every fault."""
    reading, found = Reading(folder), []
    for entry in reading.entries("**/*.yaml"):
        before = reading.count
        _check(reading, entry, today, known)
        if reading.count == before:
            found.append((rule_of(entry), entry))
    reading.check()
    return found


def rule_of(entry: Mapping[str, Any]) -> OfferRuleDef:
    """Return the rule of a checked entry, or of the body stored from one."""
    when, lead = entry["when"], entry["lead"]
    plain = ("code", "name", "name_en", "owner", "register", "reason", "reason_en", "why")
    return OfferRuleDef(
        **{name: entry[name] for name in plain},
        version=int(entry["version"]),
        next_review=day_of(entry["next_review"]),
        procedure=str(entry["procedure"]),
        when=When(
            when["date"], tuple(when.get("years", (0,))), LeapDay(when.get("leap_day", LeapDay.BEFORE))
        ),
        lead=Lead(lead["days"], bool(lead.get("working", False)), lead.get("open_after", 0)),
        bases=tuple(_basis_of(each) for each in entry["bases"]),
        prefill=_plain(entry["prefill"]),
        where={name: tuple(words) for name, words in _plain(entry.get("where")).items()},
        recent_days=int(entry.get("recent_days", 180)),
        settled_by=entry.get("settled_by", ""),
    )


def _basis_of(said: Mapping[str, Any]) -> Basis:
    document, says, source = said["document"], said["says"], said["source"]
    return Basis(document, says, source, Standing(said["standing"]), said.get("quote", ""))


def _check(reading: Reading, entry: Entry, today: date, known: Known) -> None:
    """Keep a fault for each key that is missing, unknown, of a wrong kind, or names what there is not."""
    reading.only(entry, *_ALLOWED)
    if not reading.need(entry, *_NEEDED):
        return
    reading.need_review(entry, today)
    if entry["code"] != reading.file.stem:
        reading.fault(entry, f"mã «{entry['code']}» phải là tên tệp")
    if not isinstance(entry["version"], int):
        reading.fault(entry, "«version» phải là số nguyên")
    for key in ("owner", "settled_by"):
        if entry.get(key) and entry[key] not in known.units:
            reading.fault(entry, f"«{key}» là «{entry[key]}», không có đơn vị mã này")
    if str(entry["procedure"]) not in known.procedures:
        reading.fault(entry, f"không có thủ tục mã «{entry['procedure']}» trong danh mục")
    _check_bases(reading, entry)
    _check_lead(reading, entry["lead"])
    register = known.registers.get(entry["register"])
    if register is None:
        reading.fault(entry, f"không có sổ dữ liệu «{entry['register']}»")
        return
    _check_fields(reading, entry, register)


def _check_bases(reading: Reading, entry: Entry) -> None:
    """Each basis says where it is known from and how surely; a rule without any is refused by `need`."""
    for basis in entry["bases"]:
        reading.only(basis, *_BASIS, "quote")
        if reading.need(basis, *_BASIS):
            reading.need_one_of(basis, "standing", Standing.values)


def _check_lead(reading: Reading, lead: Entry) -> None:
    reading.only(lead, "days", "working", "open_after")
    days, after = lead.get("days"), lead.get("open_after", 0)
    if not isinstance(days, int) or not 0 <= days <= MOST_DAYS:
        reading.fault(lead, f"«days» là số ngày báo trước, từ 0 đến {MOST_DAYS}")
    elif not isinstance(after, int) or not -days <= after <= MOST_DAYS:
        reading.fault(lead, "«open_after» là số ngày còn nhận sau dịp; số âm không được vượt «days»")


def _check_fields(reading: Reading, entry: Entry, register: RegisterDef) -> None:
    """Keep a fault for each field that the register has not, or that is of the other kind."""
    days = {field.code for field in register.fields if field.kind == FieldKind.DAY}
    all_fields = {field.code for field in register.fields}
    when = entry["when"]
    reading.only(when, "date", "years", "leap_day")
    if when.get("date") not in days:
        reading.fault(when, f"sổ «{register.code}» không có ô ngày «{when.get('date')}»")
    if not all(isinstance(years, int) and 0 <= years <= 150 for years in when.get("years", [0])):
        reading.fault(when, "«years» là các số năm, từ 0 đến 150")
    if "leap_day" in when:
        reading.need_one_of(when, "leap_day", LeapDay.values)
    for key in ("prefill", "where"):
        named = _plain(entry.get(key))
        for name in sorted(set(named.values() if key == "prefill" else named) - all_fields):
            reading.fault(entry, f"«{key}» có ô «{name}», sổ «{register.code}» không có")
    for key in ("reason", "reason_en"):
        _check_words(reading, entry, key, all_fields)


def _check_words(reading: Reading, entry: Entry, key: str, fields: set[str]) -> None:
    """Keep a fault for a place in a sentence that nothing fills."""
    try:
        named = {name for _, name, _, _ in Formatter().parse(str(entry[key])) if name is not None}
    except ValueError:
        reading.fault(entry, f"«{key}» có dấu ngoặc nhọn không khép")
        return
    for name in sorted(named - fields - {ON}):
        reading.fault(entry, f"«{key}» có chỗ trống «{{{name}}}»; chỉ có: {', '.join(sorted(fields | {ON}))}")


def _plain(value: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: inner for key, inner in (value or {}).items() if key != LINE}
