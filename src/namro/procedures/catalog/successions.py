"""Old codes: which code of a procedure took the place of another, with what that is founded on."""

import csv
from dataclasses import dataclass
from pathlib import Path

from namro.ground.reviewed import FileRefused
from namro.ground.text import nfc
from namro.procedures.catalog.reading import CODE

COLUMNS = ("old_code", "old_name", "new_code", "basis")


@dataclass(frozen=True)
class SuccessionDef:
    """An old code with the name it had, the code that took its place, and the ground for saying so."""

    old_code: str
    old_name: str
    new_code: str
    basis: str


def read_successions(file: Path) -> list[SuccessionDef]:
    """Return the rows of the file; FileRefused with the line of what is wrong, none for no file."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        if tuple(table.fieldnames or ()) != COLUMNS:
            raise FileRefused(file, 1, f"các cột phải là: {', '.join(COLUMNS)}")
        return [_row(file, number, row) for number, row in enumerate(table, start=2)]


def _row(file: Path, number: int, row: dict[str, str]) -> SuccessionDef:
    said = {name: nfc(row.get(name) or "").strip() for name in COLUMNS}
    for name in ("old_code", "new_code"):
        if not CODE.fullmatch(said[name]):
            raise FileRefused(file, number, f"“{name}” không đúng dạng 1.234567")
    if said["old_code"] == said["new_code"] or not said["basis"]:
        raise FileRefused(file, number, "mã cũ phải khác mã mới và phải có “basis”")
    return SuccessionDef(**said)
