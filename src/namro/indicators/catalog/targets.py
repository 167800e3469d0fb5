"""Targets: one YAML file a target, read into TargetDef and checked."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from namro.indicators.terms import TargetDef
from namro.sources.catalog.reading import Entry, Reading, day_of

_NEEDED = ("indicator", "unit", "name", "set_on", "points", "source", "owner", "next_review")
_ALLOWED = (*_NEEDED, "breakdown", "synthetic")


def read_targets(
    folder: Path, *, today: date, units: set[str], indicators: set[str]
) -> tuple[list[tuple[TargetDef, Entry]], Reading]:
    """Return the targets of a folder with their entries, and the warnings; PackageRefused with every fault."""
    reading, found = Reading(folder), []
    for entry in reading.entries():
        before = reading.count
        _check(reading, entry, today, units, indicators)
        if reading.count == before:
            found.append((target_of(entry), entry))
    reading.check()
    return found, reading


def target_of(entry: Entry) -> TargetDef:
    """Return the target of a checked entry, or of the body stored from one."""
    return TargetDef(
        indicator=entry["indicator"],
        unit=str(entry["unit"]),
        set_on=day_of(entry["set_on"]),
        points=tuple((day_of(point["day"]), Decimal(str(point["value"]))) for point in entry["points"]),
        source=entry["source"],
        name=entry["name"],
        owner=entry["owner"],
        next_review=day_of(entry["next_review"]),
        breakdown=entry.get("breakdown", ""),
        synthetic=entry.get("synthetic", False),
    )


def _check(reading: Reading, entry: Entry, today: date, units: set[str], indicators: set[str]) -> None:
    reading.only(entry, *_ALLOWED)
    if not reading.need(entry, *_NEEDED):
        return
    reading.need_review(entry, today)
    if type(entry["set_on"]) is not date:
        reading.fault(entry, "«set_on» phải là ngày dạng 2026-03-11")
    if entry["indicator"] not in indicators:
        reading.fault(entry, f"không có chỉ tiêu «{entry['indicator']}»")
    for code in sorted({str(entry["unit"]), entry["owner"]} - units):
        reading.fault(entry, f"không có đơn vị mã «{code}»")
    days = [_check_point(reading, point) for point in entry["points"]]
    if None not in days and days != sorted(set(days), key=str):
        reading.fault(entry, "các mốc «points» phải theo thứ tự ngày tăng dần, mỗi ngày một mốc")


def _check_point(reading: Reading, point: Entry) -> date | None:
    """Return the day of a point, None with its faults kept."""
    if not reading.need(point, "day", "value"):
        return None
    if type(point["day"]) is not date:
        reading.fault(point, "«day» phải là ngày dạng 2026-12-31")
        return None
    try:
        Decimal(str(point["value"]))
    except InvalidOperation:
        reading.fault(point, f"«value» phải là số, đã ghi «{point['value']}»")
    return date.fromisoformat(point["day"].isoformat())
