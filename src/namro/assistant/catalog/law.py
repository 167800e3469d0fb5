"""The law of a package: documents with their days (CSV), articles (JSON lines packed by xz), changes (CSV), checked."""

import csv
import hashlib
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from namro.ground.reviewed import FileRefused, demand, read_reviewed
from namro.ground.text import nfc

FOLDER, HEAD = "law", "law/law.yaml"
DOCUMENTS = "number kind name source valid_from valid_to ended_by basis".split()
CHANGES = "number article valid_to amended_by basis".split()


@dataclass(frozen=True)
class DocumentDef:
    """A row of the documents: what it is and when it holds; None where that is not known."""

    number: str
    kind: str
    name: str
    source: str
    valid_from: date | None
    valid_to: date | None
    ended_by: str
    basis: str


@dataclass(frozen=True)
class ChangeDef:
    """What became of one article: ended on a day, or amended by a document."""

    valid_to: date | None
    amended_by: str


@dataclass(frozen=True)
class ArticleDef:
    """An article as its line states it; `digest` tells whether its words changed."""

    number: str
    article: str
    title: str
    text: str
    valid_from: date | None
    amended_by: str
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
    documents = {row["number"]: _document(files[1], line, row) for line, row in _rows(files[1], DOCUMENTS)}
    changes = {
        f"{row['number']}#{row['article']}": ChangeDef(
            _day(files[2], line, row["valid_to"]), row["amended_by"]
        )
        for line, row in _rows(files[2], CHANGES)
    }
    return LawDef(str(head["as_of"]), digest, files[0], documents, changes)


def articles(law: LawDef) -> Iterator[ArticleDef]:
    """The articles in the order of the file; FileRefused with the line of one that cannot be taken."""
    with lzma.open(law.articles, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            entry: dict[str, Any] = json.loads(line)
            if entry.get("number") not in law.documents or not entry.get("article"):
                raise FileRefused(law.articles, number, "điều không thuộc văn bản nào trong danh mục văn bản")
            yield ArticleDef(
                entry["number"], entry["article"], nfc(entry["title"]), nfc(entry["text"]),
                _vietnamese_day(entry["effective"]), entry["amended_by"],
                hashlib.md5(line.encode(), usedforsecurity=False).hexdigest(),
            )  # fmt: skip


def _document(file: Path, line: int, row: dict[str, str]) -> DocumentDef:
    if not row["number"] or not row["name"]:
        raise FileRefused(file, line, "thiếu số hoặc tên văn bản")
    begins, ends = (_day(file, line, row[name]) for name in ("valid_from", "valid_to"))
    return DocumentDef(
        row["number"], row["kind"], row["name"], row["source"], begins, ends, row["ended_by"], row["basis"]
    )


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
