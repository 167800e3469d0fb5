"""Data contracts: one YAML file a source, read into ContractDef and checked."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from namro.outside.connectors import CONNECTORS
from namro.sources.catalog.reading import Entry, Reading, day_of
from namro.sources.terms import (
    Codes,
    ColumnDef,
    ColumnType,
    ContractDef,
    Every,
    Means,
    Mode,
    Personal,
    Schedule,
    UnitColumn,
)

_NEEDED = (
    "code", "version", "name", "owner", "answers", "group", "why", "legal_basis", "next_review", "connector",
    "schedule", "freshness_hours", "time", "unit", "key", "columns",
)  # fmt: skip
_ALLOWED = (*_NEEDED, "name_en", "mode", "cursor", "synthetic", "min_people", "numbers", "givers")
_COLUMN = (
    "name", "type", "label", "label_en", "heading", "needed", "unit_of_measure", "min", "max", "one_of", "personal",
)  # fmt: skip
_NUMBERS = ("plain", "vi")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,58}")
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_WITH_LIMITS = (ColumnType.INTEGER, ColumnType.DECIMAL)


def read_contracts(
    folder: Path, *, today: date, units: Collection[str]
) -> tuple[list[tuple[ContractDef, Entry]], Reading]:
    """Return the contracts of a folder with their entries, and the warnings; PackageRefused with every fault.

    `units` are the unit codes that a contract may name.
    """
    reading = Reading(folder)
    found: list[tuple[ContractDef, Entry]] = []
    for entry in reading.entries():
        check_contract(reading, entry, today=today, units=units)
        if entry.get("code") in {contract.code for contract, _ in found}:
            reading.fault(entry, f"mã nguồn «{entry['code']}» đã khai báo ở tệp khác")
        if not reading.count:
            found.append((contract_of(entry), entry))
    reading.check()
    return found, reading


def check_contract(reading: Reading, entry: Entry, *, today: date, units: Collection[str]) -> None:
    """Keep each fault of a contract at its line."""
    reading.only(entry, *_ALLOWED)
    if not reading.need(entry, *_NEEDED):
        return
    reading.need_review(entry, today)
    if not _NAME.fullmatch(str(entry["code"])):
        reading.fault(entry, "«code» chỉ gồm chữ thường không dấu, số và _")
    if entry["owner"] not in units:
        reading.fault(entry, f"không có đơn vị mã «{entry['owner']}»")
    for code in sorted(set(entry.get("givers", ())) - set(units)):
        reading.fault(entry, f"không có đơn vị mã «{code}» để gửi số liệu vào nguồn")
    reading.need_one_of({"mode": "append", **entry}, "mode", set(Mode))
    reading.need_one_of({"numbers": "plain", **entry}, "numbers", _NUMBERS)
    _check_connector(reading, entry["connector"])
    _check_schedule(reading, entry["schedule"])
    before = reading.count
    for column in entry["columns"]:
        _check_column(reading, column)
    if reading.count == before:
        _check_sense(reading, entry)


def _check_connector(reading: Reading, connector: Entry) -> None:
    if not isinstance(connector, dict) or not reading.need_one_of(connector, "kind", set(Means)):
        return
    reads = CONNECTORS.get(connector["kind"])
    needed, allowed = reads.keys if reads else ((), ())
    reading.only(connector, "kind", *needed, *allowed)
    reading.need(connector, *needed)
    if ".." in str(connector.get("pattern", "")):
        reading.fault(connector, "«pattern» không được ra ngoài thư mục của nguồn")
    for key, value in connector.items():
        if key.endswith("_env") and not re.fullmatch(r"[A-Z][A-Z0-9_]*", str(value)):
            reading.fault(connector, f"«{key}» là tên một biến môi trường, không phải chính bí mật")


def _check_schedule(reading: Reading, schedule: Entry) -> None:
    reading.only(schedule, "every", "at")
    reading.need_one_of(schedule, "every", set(Every))
    if "at" in schedule and not _TIME_OF_DAY.fullmatch(str(schedule["at"])):
        reading.fault(schedule, '«at» phải là giờ:phút dạng "06:00", trong dấu ngoặc kép')


def _check_column(reading: Reading, column: Entry) -> None:
    reading.only(column, *_COLUMN)
    if not reading.need(column, "name", "type", "label"):
        return
    reading.need_one_of(column, "type", set(ColumnType))
    if not _NAME.fullmatch(str(column["name"])):
        reading.fault(column, f"tên cột «{column['name']}» chỉ gồm chữ thường không dấu, số và _")
    if "personal" in column:
        reading.need_one_of(column, "personal", set(Personal))
    for limit in (key for key in ("min", "max") if column.get(key) is not None):
        if column["type"] not in _WITH_LIMITS or not _is_number(column[limit]):
            reading.fault(column, f"«{limit}» chỉ dùng cho cột số và phải là số")


def _check_sense(reading: Reading, entry: Entry) -> None:
    """Keep a fault for each name that leads nowhere."""
    names = [column["name"] for column in entry["columns"]]
    for name in {name for name in names if names.count(name) > 1}:
        reading.fault(entry, f"cột «{name}» khai báo hai lần")
    columns = {column["name"]: column for column in entry["columns"]}
    if not isinstance(entry["unit"], dict):
        reading.fault(entry, "«unit» phải là {column: …, codes: …}")
        return
    reading.only(entry["unit"], "column", "codes", "split")
    reading.need_one_of(entry["unit"], "codes", set(Codes))
    if entry["unit"].get("split", "largest") != "largest":
        reading.fault(entry["unit"], "«split» chỉ có thể là «largest»")
    for name in {entry["time"], entry["unit"].get("column"), *entry["key"]} - columns.keys():
        reading.fault(entry, f"không có cột «{name}» trong hợp đồng")
    timed = columns.get(entry["time"], {}).get("type")
    if timed and timed not in {ColumnType.DATE, ColumnType.TIMESTAMP}:
        reading.fault(entry, f"cột thời gian «{entry['time']}» phải có kiểu date hoặc timestamp")
    for name in {entry["time"], entry["unit"].get("column")} & columns.keys():
        if columns[name].get("personal") or columns[name].get("needed") is False:
            reading.fault(entry, f"cột «{name}» phải có ở mọi dòng và không phải dữ liệu cá nhân")


def contract_of(entry: Entry) -> ContractDef:
    """Return the contract of a checked entry, or of the body stored from one."""
    connector, unit = dict(entry["connector"]), entry["unit"]
    return ContractDef(
        code=entry["code"],
        version=int(entry["version"]),
        name=entry["name"],
        name_en=entry.get("name_en", ""),
        owner=entry["owner"],
        answers=entry["answers"],
        group=entry["group"],
        why=entry["why"],
        legal_basis=entry["legal_basis"],
        next_review=day_of(entry["next_review"]),
        means=Means(connector.pop("kind")),
        settings={key: value for key, value in connector.items() if not key.startswith("__")},
        schedule=_schedule_of(entry["schedule"]),
        freshness_hours=int(entry["freshness_hours"]),
        time=entry["time"],
        unit=UnitColumn(unit["column"], Codes(unit["codes"]), unit.get("split", "")),
        key=tuple(entry["key"]),
        columns=tuple(_column_of(column) for column in entry["columns"]),
        mode=Mode(entry.get("mode", Mode.APPEND)),
        cursor=str(entry.get("cursor", "")),
        synthetic=bool(entry.get("synthetic", False)),
        min_people=int(entry.get("min_people", 0)),
        numbers=str(entry.get("numbers", "plain")),
        givers=tuple(entry.get("givers", ())),
    )


def _schedule_of(entry: Entry) -> Schedule:
    hour, minute = map(int, str(entry.get("at", "00:00")).split(":"))
    return Schedule(Every(entry["every"]), hour, minute)


def _column_of(entry: Entry) -> ColumnDef:
    heading = entry.get("heading", ())
    return ColumnDef(
        name=entry["name"],
        type=ColumnType(entry["type"]),
        label=entry["label"],
        label_en=entry.get("label_en", ""),
        heading=(heading,) if isinstance(heading, str) else tuple(heading),
        needed=entry.get("needed", True),
        unit_of_measure=entry.get("unit_of_measure", ""),
        minimum=_decimal(entry.get("min")),
        maximum=_decimal(entry.get("max")),
        one_of=tuple(str(value) for value in entry.get("one_of", ())),
        personal=Personal(entry["personal"]) if entry.get("personal") else None,
    )


def _decimal(value: object) -> Decimal | None:
    """Return a YAML number exactly as it is written."""
    return None if value is None else Decimal(str(value))


def _is_number(value: Any) -> bool:
    try:
        Decimal(str(value))
    except InvalidOperation:
        return False
    return not isinstance(value, bool)
