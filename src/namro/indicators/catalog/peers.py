"""Peer groups: one YAML file a package, read into PeerDef and checked; a unit belongs to the first that fits it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from namro.organisation.terms import UnitKind
from namro.sources.catalog.reading import Entry, Reading

PEERS_FILE = "peers.yaml"
_NEEDED = ("code", "name", "name_en", "kinds")


@dataclass(frozen=True)
class PeerDef:
    """Nhóm ngang hàng: units of these kinds with so many people; `order` is its place in the file."""

    code: str
    name: str
    name_en: str
    kinds: tuple[str, ...]
    owner: str
    next_review: date
    order: int
    people_from: int | None = None
    people_below: int | None = None

    def fits(self, kind: str, people: int | None) -> bool:
        """Whether a unit belongs to it; one whose people nobody has counted only where they are not asked for."""
        if kind not in self.kinds:
            return False
        if self.people_from is None and self.people_below is None:
            return True
        return people is not None and (self.people_from or 0) <= people < (self.people_below or people + 1)


def read_peers(folder: Path, *, today: date, units: set[str]) -> tuple[list[PeerDef], Reading]:
    """Return the peer groups of a package in order; PackageRefused with every fault; none without the file."""
    reading = Reading(folder)
    found: dict[str, PeerDef] = {}
    for file in reading.entries(PEERS_FILE):
        reading.only(file, "owner", "next_review", "groups")
        if not reading.need(file, "owner", "next_review", "groups"):
            continue
        reading.need_review(file, today)
        if file["owner"] not in units:
            reading.fault(file, f"không có đơn vị mã «{file['owner']}» để chịu trách nhiệm các nhóm")
        for place, entry in enumerate(file["groups"]):
            before = reading.count
            _check(reading, entry, set(found))
            if reading.count == before:
                found[entry["code"]] = _group(file, entry, place)
    reading.check()
    return list(found.values()), reading


def _check(reading: Reading, entry: Entry, taken: set[str]) -> None:
    reading.only(entry, *_NEEDED, "people_from", "people_below")
    if not reading.need(entry, *_NEEDED):
        return
    if entry["code"] in taken:
        reading.fault(entry, f"mã nhóm «{entry['code']}» có hai lần")
    if unknown := sorted(set(entry["kinds"]) - set(UnitKind.values)):
        reading.fault(entry, f"không có loại đơn vị: {', '.join(unknown)}")
    low, high = entry.get("people_from"), entry.get("people_below")
    if any(each is not None and (type(each) is not int or each < 0) for each in (low, high)):
        reading.fault(entry, "«people_from» và «people_below» là số dân, số nguyên từ 0")
    elif low is not None and high is not None and low >= high:
        reading.fault(entry, "«people_from» phải nhỏ hơn «people_below»")


def _group(file: Entry, entry: Entry, place: int) -> PeerDef:
    return PeerDef(
        code=str(entry["code"]),
        name=entry["name"],
        name_en=entry["name_en"],
        kinds=tuple(entry["kinds"]),
        owner=file["owner"],
        next_review=file["next_review"],
        order=place,
        people_from=entry.get("people_from"),
        people_below=entry.get("people_below"),
    )
