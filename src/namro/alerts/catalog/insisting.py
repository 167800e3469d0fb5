"""The parts `insist` and `quiet` of a rule: how often it is told again, when it climbs, in which hours it keeps quiet.

What most rules of a place have in common stands once, in its file `alerting.yaml`; a rule says what it does otherwise.
"""

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any

from namro.alerts.terms import Insisting, Quiet
from namro.delivery.terms import Level
from namro.ground.reviewed import LINE, demand, read_reviewed
from namro.sources.catalog.reading import Entry, Reading

LEVELS = {"watch": Level.WATCH, "warning": Level.WARNING, "critical": Level.CRITICAL}
KEYS = ("insist", "quiet")
# A week: what nobody has taken by then needs another answer than one more notice.
LONGEST_HOURS = 168
FILE = "alerting.yaml"


def usual(folder: Path) -> Mapping[str, Any]:
    """Return what the rules of a package have in common, empty without its file; PackageRefused or FileRefused."""
    if not (folder / FILE).is_file():
        return {}
    said = read_reviewed(folder / FILE)
    demand(folder / FILE, said, "owner", "next_review", *KEYS)
    reading = Reading(folder)
    for entry in reading.entries(FILE):
        reading.only(entry, "owner", "next_review", "why", *KEYS)
        check_insisting(reading, entry)
    reading.check()
    return {key: said[key] for key in KEYS}


def with_usual(entry: Entry, common: Mapping[str, Any]) -> Entry:
    """Return the entry with what is common where it does not say otherwise; one with a schedule of urging of its own is
    neither told again nor climbs beside it."""
    added = {key: value for key, value in common.items() if key not in entry}
    if entry.get("urging"):
        added.pop("insist", None)
    return {**entry, **added}


def insisting_of(entry: Entry) -> Insisting:
    """Return what a checked entry, or a body stored from one, says."""
    insist, quiet = _plain(entry.get("insist")), _plain(entry.get("quiet"))
    return Insisting(
        repeat=_hours(insist.get("repeat")),
        climb=_hours(insist.get("climb")),
        quiet={LEVELS[name]: _quiet(hours) for name, hours in quiet.items()},
    )


def check_insisting(reading: Reading, entry: Entry) -> None:
    """Keep a fault for hours that are none, and for quiet hours of what must be heard at once."""
    insist, quiet = entry.get("insist") or {}, entry.get("quiet") or {}
    if not isinstance(insist, dict) or not isinstance(quiet, dict):
        reading.fault(entry, "«insist» và «quiet» phải là bảng khoá: giá trị")
        return
    reading.only(insist, "repeat", "climb")
    for key in ("repeat", "climb"):
        _check_hours(reading, insist, key)
    reading.only(quiet, "watch", "warning")
    for name, hours in _plain(quiet).items():
        if not _is_quiet(hours):
            reading.fault(
                quiet, f'«quiet» của mức «{name}» phải là hai giờ trong ngoặc kép, như ["21:00", "06:30"]'
            )


def _check_hours(reading: Reading, insist: Entry, key: str) -> None:
    said = insist.get(key)
    if said is None:
        return
    if not isinstance(said, dict):
        reading.fault(insist, f"«{key}» phải là bảng mức: số giờ")
        return
    reading.only(said, *LEVELS)
    for name, hours in _plain(said).items():
        if not isinstance(hours, int) or not 1 <= hours <= LONGEST_HOURS:
            reading.fault(said, f"«{key}» của mức «{name}» là số giờ, từ 1 đến {LONGEST_HOURS}")


def _is_quiet(hours: Any) -> bool:
    try:
        start, end = _quiet(hours)
    except (TypeError, ValueError):
        return False
    return start != end


def _quiet(hours: Any) -> Quiet:
    start, end = hours
    return time.fromisoformat(start), time.fromisoformat(end)


def _hours(said: Mapping[str, Any] | None) -> Mapping[Level, int]:
    return {LEVELS[name]: int(hours) for name, hours in _plain(said).items()}


def _plain(value: Mapping[str, Any] | None) -> Mapping[str, Any]:
    return {key: inner for key, inner in (value or {}).items() if key != LINE}
