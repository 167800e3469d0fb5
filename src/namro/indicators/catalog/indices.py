"""Composite indices: one YAML file an index, read into an indicator of a further kind and checked."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from namro.ground.period import Kind
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.terms import Direction, IndicatorDef, IndicatorKind, Missing, Normalise
from namro.sources.catalog.reading import Entry, Reading

THEME = "Chỉ số tổng hợp"
LONGEST_KEY = 60  # of a breakdown of a figure
_NEEDED = (
    "code",
    "name",
    "name_en",
    "group",
    "owner",
    "why",
    "next_review",
    "version",
    "period",
    "parts",
    "missing",
)
_ALLOWED = (*_NEEDED, "lights", "source")
_PART = ("indicator", "weight", "normalise")
_WAYS: Mapping[Normalise, tuple[str, ...]] = {
    Normalise.TARGET: ("zero", "full"),
    Normalise.MIN_MAX: (),
    Normalise.RANK: (),
    Normalise.Z: ("cap",),
}


def read_indices(
    folder: Path, *, today: date, units: set[str], indicators: Mapping[str, IndicatorDef]
) -> tuple[list[tuple[IndicatorDef, Entry]], Reading]:
    """Return the indices of a folder as indicators with their entries, and the warnings; PackageRefused with every
    fault. `indicators` are those that an index may be made of, by code: an index is not made of indices."""
    reading, found = Reading(folder), []
    for entry in reading.entries():
        before = reading.count
        _check(reading, entry, today, units, indicators)
        if reading.count == before:
            whole = filled(entry, indicators)
            found.append((definition_of(whole), whole))
    codes = [definition.code for definition, _ in found]
    for definition, entry in found:
        if definition.code in indicators or codes.count(definition.code) > 1:
            reading.fault(entry, f"mã «{definition.code}» đã khai báo cho một chỉ tiêu hoặc chỉ số khác")
    reading.check()
    return found, reading


def filled(entry: Entry, indicators: Mapping[str, IndicatorDef]) -> Entry:
    """Return the entry with what follows from its being an index: points, more is better, a breakdown a part."""
    parts = [part | {"better": part.get("better") or indicators[part["indicator"]].direction.value}
             for part in entry["parts"]]  # fmt: skip
    return {
        "source": f"Tổng hợp từ {len(parts)} chỉ số",
        **entry,
        "parts": parts,
        "kind": IndicatorKind.INDEX.value,
        "unit_of_measure": "điểm",
        "decimals": 1,
        "direction": Direction.UP.value,
        "adds_up": "none",
        "periods": [entry["period"]],
        "theme": THEME,
        "breakdowns": {_key(part): _part_name(part, indicators) for part in parts},
    }


def _part_name(part: Entry, indicators: Mapping[str, IndicatorDef]) -> str:
    whole, breakdown = indicators[part["indicator"]], str(part.get("breakdown", ""))
    return f"{whole.name}: {whole.breakdowns.get(breakdown, breakdown)}" if breakdown else whole.name


def _key(part: Entry) -> str:
    breakdown = part.get("breakdown", "")
    return f"{part['indicator']}.{breakdown}" if breakdown else str(part["indicator"])


def _check(
    reading: Reading, entry: Entry, today: date, units: set[str], indicators: Mapping[str, IndicatorDef]
) -> None:
    """Keep a fault for each key that is missing or leads nowhere, and where the weights are not a whole."""
    reading.only(entry, *_ALLOWED)
    if not reading.need(entry, *_NEEDED):
        return
    reading.need_review(entry, today)
    if entry["owner"] not in units:
        reading.fault(entry, f"không có đơn vị mã «{entry['owner']}» để chịu trách nhiệm chỉ số")
    if entry["period"] not in {Kind.MONTH, Kind.QUARTER, Kind.YEAR}:
        reading.fault(
            entry, f"chỉ số tổng hợp tính theo month, quarter hoặc year; đã ghi «{entry['period']}»"
        )
    _check_missing(reading, entry["missing"])
    before = reading.count
    for part in entry["parts"]:
        _check_part(reading, entry, part, indicators)
    if reading.count == before:
        _check_weights(reading, entry)


def _check_missing(reading: Reading, entry: Entry) -> None:
    reading.only(entry, "rule", "at_least")
    if not reading.need_one_of(entry, "rule", set(Missing)):
        return
    asked = entry.get("at_least")
    if (entry["rule"] == Missing.LEAVE_OUT) != (asked is not None):
        reading.fault(entry, "«at_least» đi với «rule: leave_out» và chỉ với quy tắc đó")
    elif asked is not None and not (_is_number(asked) and 0 < asked <= 100):
        reading.fault(entry, f"«at_least» là phần trăm trọng số phải biết, trên 0 đến 100; đã ghi «{asked}»")


def _check_part(reading: Reading, entry: Entry, part: Entry, indicators: Mapping[str, IndicatorDef]) -> None:
    """Keep a fault where a part has no indicator of this period and direction, no weight, or no way to points."""
    reading.only(part, *_PART, "breakdown", "better", "why")
    if not reading.need(part, *_PART):
        return
    if not _is_number(part["weight"]) or part["weight"] <= 0:
        reading.fault(part, f"«weight» phải là số trên 0, đã ghi «{part['weight']}»")
    known = indicators.get(part["indicator"])
    if known is None:
        reading.fault(part, f"không có chỉ tiêu «{part['indicator']}»")
        return
    if entry["period"] not in known.periods:
        reading.fault(part, f"chỉ tiêu «{known.code}» không có kỳ «{entry['period']}»")
    better = part.get("better") or known.direction.value
    if better not in ("up", "down"):
        reading.fault(
            part, f"chỉ tiêu «{known.code}» chưa nói chiều nào tốt; ghi «better: up» hoặc «better: down»"
        )
    if len(_key(part)) > LONGEST_KEY:
        reading.fault(part, f"mã thành phần «{_key(part)}» dài quá {LONGEST_KEY} ký tự")
    _check_way(reading, part["normalise"], better)


def _check_way(reading: Reading, way: Entry, better: str) -> None:
    """Keep a fault where the way to points is none, or its numbers do not lead upwards."""
    if not reading.need_one_of(way, "by", set(Normalise)):
        return
    numbers = _WAYS[Normalise(way["by"])]
    reading.only(way, "by", *numbers)
    if not all(_is_number(way.get(name)) for name in numbers):
        reading.fault(way, f"cách «{way['by']}» cần số: {', '.join(numbers)}")
    elif way["by"] == Normalise.Z and way["cap"] <= 0:
        reading.fault(way, "«cap» là số độ lệch chuẩn, phải trên 0")
    elif way["by"] == Normalise.TARGET and not _leads_up(way["zero"], way["full"], better):
        reading.fault(way, "«full» phải tốt hơn «zero» theo chiều của chỉ tiêu")


def _leads_up(zero: float, full: float, better: str) -> bool:
    return full > zero if better == "up" else full < zero


def _check_weights(reading: Reading, entry: Entry) -> None:
    keys = [_key(part) for part in entry["parts"]]
    if len(keys) < 2 or len(set(keys)) < len(keys):
        reading.fault(entry, "một chỉ số tổng hợp có từ hai thành phần, mỗi thành phần một lần")
    total = sum(Decimal(str(part["weight"])) for part in entry["parts"])
    if total != 100:
        reading.fault(entry, f"trọng số cộng lại phải bằng 100, đang là {total}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
