"""What the city itself says, of a package: one reviewed file a set of answers, one a directive, read and checked."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.urls import NoReverseMatch, reverse

from namro.assistant.terms import CityKind
from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed, storable
from namro.ground.text import nfc

FOLDER = "assistant/city"
# What each entry may say for itself; else it has what stands at the head of its file.
_OF_FILE = ("source", "page", "from", "to")


@dataclass(frozen=True)
class CityTextDef:
    """An entry: the ways of asking, the words that answer, and what carries them; as its row stores it."""

    code: str
    kind: CityKind
    asks: list[str]
    words: str
    source: str
    page: str
    owner: str
    next_review: date
    valid_from: date | None
    valid_to: date | None

    @property
    def digest(self) -> str:
        """What differs whenever the entry does."""
        said = json.dumps(storable(vars(self)), ensure_ascii=False, sort_keys=True)
        return hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()


def read_city(folder: Path) -> list[CityTextDef]:
    """Return what a package has the city say; FileRefused with the line of what is wrong."""
    found: dict[str, CityTextDef] = {}
    for file in sorted((folder / FOLDER).glob("*.yaml")):
        for line, entry in _entries(file):
            if entry.code in found:
                raise FileRefused(file, line, f"mã “{entry.code}” đã có")
            found[entry.code] = entry
    return list(found.values())


def _entries(file: Path) -> Iterator[tuple[int, CityTextDef]]:
    head = read_reviewed(file)
    demand(file, head, "owner", "next_review", "kind", "entries")
    if head["kind"] not in CityKind.values:
        raise FileRefused(file, head[LINE], f"“kind” phải là một trong: {', '.join(CityKind.values)}")
    for entry in head["entries"]:
        demand(file, entry, "code", "asks", "words")
        whole = {name: head.get(name) for name in _OF_FILE} | entry
        demand(file, whole, "source")
        yield entry[LINE], _entry(file, head, whole)


def _entry(file: Path, head: dict[str, Any], entry: dict[str, Any]) -> CityTextDef:
    line, begins, ends = entry[LINE], entry["from"], entry["to"]
    for day in (head["next_review"], begins, ends):
        if day is not None and not isinstance(day, date):
            raise FileRefused(file, line, f"ngày “{day}” không có dạng 2025-07-01")
    if begins and ends and ends <= begins:
        raise FileRefused(file, line, "“to” phải sau “from”")
    if not isinstance(entry["asks"], list) or not all(isinstance(ask, str) for ask in entry["asks"]):
        raise FileRefused(file, line, "“asks” phải là danh sách câu hỏi")
    return CityTextDef(
        str(entry["code"]), CityKind(head["kind"]), [nfc(ask).strip() for ask in entry["asks"]],
        nfc(str(entry["words"])).strip(), nfc(str(entry["source"])), _page(file, line, entry["page"]),
        str(head["owner"]), head["next_review"], begins, ends,
    )  # fmt: skip


def _page(file: Path, line: int, name: str | None) -> str:
    """The name of a route that needs nothing more to be opened; FileRefused for any other."""
    try:
        return name if name and reverse(name) else ""
    except NoReverseMatch as fault:
        raise FileRefused(file, line, f"không có trang nào tên “{name}”") from fault
