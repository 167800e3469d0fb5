"""Service groups: one YAML file a package, in the order in which people meet them."""

from dataclasses import dataclass
from pathlib import Path

from namro.sources.catalog.reading import Entry, Reading

GROUPS_FILE = "groups.yaml"
_NEEDED = ("code", "name", "name_en", "owner")


@dataclass(frozen=True)
class GroupDef:
    """Nhóm dịch vụ: a service whose charts stand together; `order` is its place in the file."""

    code: str
    name: str
    name_en: str
    owner: str
    order: int
    icon: str = ""


def read_groups(folder: Path, *, units: set[str]) -> tuple[list[GroupDef], Reading]:
    """Return the service groups of a package in order; PackageRefused with every fault; none without the file."""
    reading, found = Reading(folder), {}
    for entry in reading.entries(GROUPS_FILE):
        reading.only(entry, "owner", "next_review", "groups")
        if not reading.need(entry, "groups"):
            continue
        for place, each in enumerate(entry["groups"]):
            group = _group(reading, each, place, units)
            if group and group.code in found:
                reading.fault(each, f"mã nhóm «{group.code}» có hai lần")
            elif group:
                found[group.code] = group
    reading.check()
    return list(found.values()), reading


def _group(reading: Reading, entry: Entry, place: int, units: set[str]) -> GroupDef | None:
    """Return one group, None with its faults kept."""
    reading.only(entry, *_NEEDED, "icon")
    if not reading.need(entry, *_NEEDED):
        return None
    if entry["owner"] not in units:
        reading.fault(entry, f"không có đơn vị mã «{entry['owner']}» để chịu trách nhiệm nhóm")
    kept = {key: str(entry[key]) for key in _NEEDED}
    return GroupDef(**kept, order=place, icon=str(entry.get("icon", "")))
