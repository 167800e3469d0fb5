"""Registers of personal data: one reviewed file, read and checked; what is wrong is named with file and line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from namro.offers.terms import FieldKind, RegisterDef, RegisterField
from namro.sources.catalog.reading import Entry, Reading

FILE = "registers.yaml"
_HEAD = ("owner", "next_review", "longest_years", "registers")
_REGISTER = ("code", "name", "name_en", "keeper", "agreed", "agreed_en", "fields")
_FIELD = ("code", "name", "name_en", "kind")
MOST_YEARS = 10


@dataclass(frozen=True)
class Registers:
    """What the file says: the registers with their entries, and how long a consent may last at most, in years."""

    registers: tuple[tuple[RegisterDef, Entry], ...]
    longest_years: int


def read_registers(folder: Path, *, today: date, units: Collection[str]) -> Registers:
    """Return the registers of a folder (none without the file); PackageRefused with every fault."""
    reading = Reading(folder)
    found: list[tuple[RegisterDef, Entry]] = []
    longest = 0
    for head in reading.entries(FILE):
        reading.only(head, *_HEAD)
        if reading.need(head, *_HEAD):
            reading.need_review(head, today)
            longest = _years(reading, head)
            found = [each for entry in head["registers"] if (each := _register(reading, entry, units))]
            _check_once(reading, head, [register.code for register, _entry in found])
    reading.check()
    return Registers(tuple(found), longest)


def register_of(entry: Entry) -> RegisterDef:
    """Return the register of a checked entry, or of the body stored from one."""
    fields = tuple(
        RegisterField(each["code"], each["name"], each["name_en"], FieldKind(each["kind"]))
        for each in entry["fields"]
    )
    said = {name: entry[name] for name in _REGISTER if name != "fields"}
    return RegisterDef(**said, fields=fields)


def _years(reading: Reading, head: Entry) -> int:
    years = head["longest_years"]
    if isinstance(years, int) and 1 <= years <= MOST_YEARS:
        return years
    reading.fault(
        head, f"«longest_years» là số năm, từ 1 đến {MOST_YEARS}: sự đồng ý nào cũng phải có ngày kết thúc"
    )
    return 0


def _register(reading: Reading, entry: Entry, units: Collection[str]) -> tuple[RegisterDef, Entry] | None:
    before = reading.count
    reading.only(entry, *_REGISTER)
    if reading.need(entry, *_REGISTER):
        if entry["keeper"] not in units:
            reading.fault(entry, f"không có đơn vị mã «{entry['keeper']}» để giữ sổ")
        for each in entry["fields"]:
            reading.only(each, *_FIELD)
            if reading.need(each, *_FIELD):
                reading.need_one_of(each, "kind", FieldKind.values)
    return None if reading.count > before else (register_of(entry), entry)


def _check_once(reading: Reading, head: Entry, codes: list[str]) -> None:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        reading.fault(head, f"sổ «{code}» có hai lần")
