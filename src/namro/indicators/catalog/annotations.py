"""Marks on the time axis: what happened on which day, so that a jump in a chart is not taken for a trend."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from namro.indicators.catalog.groups import GROUPS_FILE
from namro.sources.catalog.reading import Entry, Reading, day_of

ANNOTATIONS_FILE = "annotations.yaml"
LONGEST = 40
_NEEDED = ("day", "words", "words_en", "source")


@dataclass(frozen=True)
class Annotation:
    """Mốc sự kiện: a day, the few words that stand at it; without groups it stands on every time axis."""

    day: date
    words: str
    words_en: str
    source: str
    groups: tuple[str, ...] = ()


def read_annotations(folder: Path, *, today: date, groups: set[str]) -> tuple[list[Annotation], Reading]:
    """Return the marks of a package by day; PackageRefused with every fault; none without the file."""
    reading, found = Reading(folder), []
    for file in reading.entries(ANNOTATIONS_FILE):
        reading.only(file, "owner", "next_review", "annotations")
        if not reading.need(file, "owner", "next_review", "annotations"):
            continue
        reading.need_review(file, today)
        for entry in file["annotations"]:
            before = reading.count
            _check(reading, entry, groups)
            if reading.count == before:
                found.append(annotation_of(entry))
    reading.check()
    return sorted(found, key=lambda mark: mark.day), reading


def annotation_of(entry: Entry) -> Annotation:
    """Return the mark of a checked entry."""
    return Annotation(
        day=day_of(entry["day"]),
        words=entry["words"],
        words_en=entry["words_en"],
        source=entry["source"],
        groups=tuple(entry.get("groups", ())),
    )


def _check(reading: Reading, entry: Entry, groups: set[str]) -> None:
    reading.only(entry, *_NEEDED, "groups")
    if not reading.need(entry, *_NEEDED):
        return
    if type(entry["day"]) is not date:
        reading.fault(entry, "«day» phải là ngày dạng 2025-07-01")
    for key in ("words", "words_en"):
        if len(str(entry[key])) > LONGEST:
            reading.fault(entry, f"«{key}» dài hơn {LONGEST} chữ, không đứng được trên biểu đồ")
    for code in sorted(set(entry.get("groups", ())) - groups):
        reading.fault(entry, f"không có nhóm «{code}» trong {GROUPS_FILE}")
