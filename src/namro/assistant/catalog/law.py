"""The law of a package: documents with their days (CSV), articles (JSON lines packed by xz), changes (CSV), checked."""

import csv
import hashlib
import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from namro.assistant.terms import Wording
from namro.ground.reviewed import FileRefused, demand, read_reviewed
from namro.ground.text import nfc

FOLDER, HEAD = "law", "law/law.yaml"
DOCUMENTS = "number kind name source wording valid_from valid_to ended_by basis".split()
CHANGES = "number article valid_to amended_by amended_from basis".split()
# What the Legal Code notes of an amendment ends with its day.
_FROM = re.compile(r"kể từ ngày (\d{1,2}/\d{1,2}/\d{4})")
# What some sources write where the Code names an amendment: it says how the text was made, not that it was amended.
_NO_AMENDMENT = frozenset({"văn bản hợp nhất"})


@dataclass(frozen=True)
class DocumentDef:
    """A row of the documents: what it is and when it holds; None where that is not known."""

    number: str
    kind: str
    name: str
    source: str
    wording: Wording
    valid_from: date | None
    valid_to: date | None
    ended_by: str
    basis: str


@dataclass(frozen=True)
class ChangeDef:
    """What became of one article: ended on a day, or amended by a document from a day; and the line that says so."""

    valid_to: date | None
    amended_by: str
    amended_from: date | None
    line: int


@dataclass(frozen=True)
class ArticleDef:
    """An article as its line states it; `digest` tells whether its words changed."""

    number: str
    article: str
    title: str
    text: str
    valid_from: date | None
    amended_by: str
    amended_from: date | None
    digest: str

    @property
    def key(self) -> str:
        """What names it for ever."""
        return f"{self.number}#{self.article}"


@dataclass(frozen=True)
class LawDef:
    """The head of the law of a package and its documents and changes; articles are read as they are stored."""

    as_of: str
    digest: str
    articles: Path
    changed: Path
    documents: dict[str, DocumentDef]
    changes: dict[str, ChangeDef]


def read_law(folder: Path) -> LawDef:
    """Return the law of a package; FileRefused with the line of what is wrong."""
    head_file = folder / HEAD
    head = read_reviewed(head_file)
    demand(head_file, head, "owner", "next_review", "as_of", "articles", "documents", "changes")
    files = [head_file.parent / str(head[name]) for name in ("articles", "documents", "changes")]
    for file in files:
        if not file.is_file():
            raise FileRefused(head_file, head["__line__"], f"tệp “{file.name}” không có trong gói")
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in [head_file, *files])).hexdigest()
    return LawDef(str(head["as_of"]), digest, files[0], files[2], _documents(files[1]), _changes(files[2]))


def articles(law: LawDef) -> Iterator[ArticleDef]:
    """The articles in the order of the file; FileRefused with the line of one that cannot be taken."""
    with lzma.open(law.articles, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            entry: dict[str, Any] = json.loads(line)
            if entry.get("number") not in law.documents or not entry.get("article"):
                raise FileRefused(law.articles, number, "điều không thuộc văn bản nào trong danh mục văn bản")
            amended_by, document = _amended_by(entry["amended_by"]), law.documents[entry["number"]]
            indexed = f"{line}{document.kind}\n{document.name}"  # all of which the index holds
            yield ArticleDef(
                entry["number"], entry["article"], nfc(entry["title"]), nfc(entry["text"]),
                _vietnamese_day(entry["effective"]), amended_by, _amended_from(amended_by),
                hashlib.md5(indexed.encode(), usedforsecurity=False).hexdigest(),
            )  # fmt: skip


def _documents(file: Path) -> dict[str, DocumentDef]:
    """The documents by their numbers; FileRefused for a number that stands twice."""
    found: dict[str, DocumentDef] = {}
    for line, row in _rows(file, DOCUMENTS):
        if row["number"] in found:
            raise FileRefused(file, line, f"số “{row['number']}” đã có ở dòng trên")
        found[row["number"]] = _document(file, line, row)
    return found


def _changes(file: Path) -> dict[str, ChangeDef]:
    """The changes by the keys of their articles; FileRefused for an article that stands twice."""
    found: dict[str, ChangeDef] = {}
    for line, row in _rows(file, CHANGES):
        key = f"{row['number']}#{row['article']}"
        if key in found:
            raise FileRefused(file, line, f"điều “{key}” đã có ở dòng trên")
        ends, begins = (_day(file, line, row[name]) for name in ("valid_to", "amended_from"))
        found[key] = ChangeDef(ends, row["amended_by"], begins, line)
    return found


def _amended_by(said: str) -> str:
    """What amended an article in the words of the source; nothing where they name no amendment."""
    return "" if nfc(said).strip().lower() in _NO_AMENDMENT else said


def _amended_from(amended_by: str) -> date | None:
    """The first of the days from which its amendments hold; None where none of them has one."""
    days = [_vietnamese_day(found) for found in _FROM.findall(nfc(amended_by))]
    return min((day for day in days if day), default=None)


def _document(file: Path, line: int, row: dict[str, str]) -> DocumentDef:
    if not row["number"] or not row["name"]:
        raise FileRefused(file, line, "thiếu số hoặc tên văn bản")
    if row["wording"] not in Wording.values:
        raise FileRefused(file, line, f"cột wording phải là: {', '.join(Wording.values)}")
    begins, ends = (_day(file, line, row[name]) for name in ("valid_from", "valid_to"))
    return DocumentDef(
        row["number"], row["kind"], row["name"], row["source"], Wording(row["wording"]), begins, ends,
        row["ended_by"], row["basis"],
    )  # fmt: skip


def _rows(file: Path, columns: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != columns:
            raise FileRefused(file, 1, f"các cột phải là: {', '.join(columns)}")
        yield from enumerate(reader, start=2)


def _day(file: Path, line: int, said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as fault:
        raise FileRefused(file, line, f"ngày “{said}” không có dạng 2025-07-01") from fault


def _vietnamese_day(said: str) -> date | None:
    """A day as the Legal Code writes it, dd/mm/yyyy; None for anything else."""
    parts = said.split("/")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else None
    except ValueError:
        return None
