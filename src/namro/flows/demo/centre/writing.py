"""A made source as the files that agencies send: CSV with Vietnamese headings, Excel with merged titles, Parquet."""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from namro.flows.demo.centre.faults import Planted

SPOKEN_DAYS = "dd/mm/yyyy"
HISTORY = "lich-su"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can hold: the same file twice to the byte


@dataclass(frozen=True)
class Sender:
    """How a source writes its files: which kind (`older`: of what lies back furthest), by which headings, cut where."""

    code: str
    kind: str
    headings: Mapping[str, str]
    time: str
    cuts: tuple[date, ...]
    older: str = ""
    days: str = ""
    title: str = ""
    agency: str = ""
    numbers: str = "plain"

    @classmethod
    def of(cls, contract: Mapping[str, Any], write: Mapping[str, Any]) -> "Sender":
        """Return how the source of a contract writes, as its recipe says."""
        headings = {column["name"]: _heading(column) for column in contract["columns"]}
        return cls(
            code=contract["code"],
            kind=write["kind"],
            headings=headings,
            time=contract["time"],
            cuts=tuple(write.get("cuts", ())),
            older=write.get("older", write["kind"]),
            days=write.get("days", ""),
            title=write.get("title", ""),
            agency=contract["owner"],
            numbers=contract.get("numbers", "plain"),
        )

    def files(self, rows: pa.Table, planted: Sequence[Planted]) -> Iterator[tuple[str, bytes]]:
        """Yield the files of a source by name, in the order in which they come; those that are planted wrong too."""
        for name, part in self._parts(rows):
            kind = self.older if name == HISTORY else self.kind
            yield f"{self.code}-{name}.{kind}", WRITERS[kind](self, part)
        for each in planted:
            if each.fault in WRONG_FILES:
                yield WRONG_FILES[each.fault](self, rows, each)

    def content(self, rows: pa.Table) -> bytes:
        """Return rows as one file."""
        return WRITERS[self.kind](self, rows)

    def of_days(self, rows: pa.Table, start: date, end: date) -> pa.Table:
        """Return the rows from one day to another."""
        day = pc.cast(rows[self.time], pa.date32())
        return rows.filter(
            pc.and_(pc.greater_equal(day, pa.scalar(start)), pc.less_equal(day, pa.scalar(end)))
        )

    def _parts(self, rows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
        """Yield the rows before the first cut, between the cuts, and after the last; none that is empty."""
        day = pc.cast(rows[self.time], pa.date32())
        for start, end in zip((date.min, *self.cuts), (*self.cuts, date.max), strict=True):
            part = rows.filter(pc.and_(pc.greater_equal(day, pa.scalar(start)), pc.less(day, pa.scalar(end))))
            if part.num_rows:
                yield (f"tu-{start:%Y-%m-%d}" if start > date.min else HISTORY), part


def _heading(column: Mapping[str, Any]) -> str:
    heading = column.get("heading") or column["name"]
    return heading if isinstance(heading, str) else heading[0]


def _csv(sender: Sender, rows: pa.Table) -> bytes:
    """Vietnamese headings; days as people write them where the recipe says so, numbers where the contract does."""
    sink = io.BytesIO()
    columns = [_written(sender, rows[name]) for name in sender.headings]
    pyarrow.csv.write_csv(pa.table(columns, names=[*sender.headings.values()]), sink)
    return sink.getvalue()


def _written(sender: Sender, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_date32(column.type) and sender.days == SPOKEN_DAYS:
        known = column.unique()
        said = pa.array([f"{day:%d/%m/%Y}" for day in known.to_pylist()])
        return said.take(pc.index_in(column, known).combine_chunks())
    if pa.types.is_floating(column.type) and sender.numbers == "vi":
        return pc.replace_substring(pc.cast(column, pa.string()), ".", ",")
    return column


def _parquet(sender: Sender, rows: pa.Table) -> bytes:
    """As another machine writes it: columns by name, no headings for people."""
    sink = io.BytesIO()
    pyarrow.parquet.write_table(rows.select([*sender.headings]), sink, compression="zstd")
    return sink.getvalue()


def _xlsx(sender: Sender, rows: pa.Table) -> bytes:
    """A report as people make it: a merged title, who sends it, an empty line, then the headings."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Báo cáo")
    sheet.merged_cells.ranges = [f"A{row}:{get_column_letter(len(sender.headings))}{row}" for row in (1, 2)]
    sheet.append([sender.title])
    sheet.append([f"Đơn vị gửi: {sender.agency} – số liệu mẫu"])
    sheet.append([])
    sheet.append([*sender.headings.values()])
    for row in zip(*(rows[name].to_pylist() for name in sender.headings), strict=True):
        sheet.append(row)
    return _without_clock(book)


def _without_clock(book: Workbook) -> bytes:
    """Return the bytes of a workbook without the moment at which they were written."""
    written, sink = io.BytesIO(), io.BytesIO()
    book.save(written)
    with ZipFile(written) as found, ZipFile(sink, "w", ZIP_DEFLATED) as made:
        for name in found.namelist():
            content = found.read(name)
            if name == "docProps/core.xml":
                content = _undated(content)
            made.writestr(ZipInfo(name, LONG_AGO), content, ZIP_DEFLATED)
    return sink.getvalue()


def _undated(core: bytes) -> bytes:
    """Openpyxl writes when a book was saved, whatever it was told."""
    return re.sub(rb"\d{4}-\d\d-\d\dT[\d:]{8}Z", b"2025-01-01T00:00:00Z", core)


def _wrong_columns(sender: Sender, rows: pa.Table, each: Planted) -> tuple[str, bytes]:
    """A file whose program has given a column another name."""
    changed = {
        name: each.params["value"] if name == each.column else said for name, said in sender.headings.items()
    }
    content = _csv(_renamed(sender, changed), sender.of_days(rows, each.start, each.end))
    return f"{sender.code}-{each.code}.csv", content


def _cut_off(sender: Sender, rows: pa.Table, each: Planted) -> tuple[str, bytes]:
    """A file that breaks off in the middle of a line."""
    content = sender.content(sender.of_days(rows, each.start, each.end))
    return f"{sender.code}-{each.code}.{sender.kind}", content[: len(content) * 2 // 3].rstrip(b"\n")


def _twice(sender: Sender, rows: pa.Table, each: Planted) -> tuple[str, bytes]:
    """The last file again, under another name."""
    *_, (_, last) = sender._parts(rows)
    return f"{sender.code}-{each.code}.{sender.kind}", sender.content(last)


def _letters(sender: Sender, rows: pa.Table, each: Planted) -> tuple[str, bytes]:
    """A correction of some rows in which words stand where a number should."""
    part = sender.of_days(rows, each.start, each.end).slice(0, each.params["rows"])
    said = pa.array([each.params["value"]] * part.num_rows)
    part = part.set_column(part.schema.get_field_index(each.column), each.column, said)
    return f"{sender.code}-{each.code}.csv", _csv(sender, part)


def _renamed(sender: Sender, headings: Mapping[str, str]) -> Sender:
    return Sender(sender.code, "csv", headings, sender.time, sender.cuts, sender.days)


WRITERS: dict[str, Callable[[Sender, pa.Table], bytes]] = {"csv": _csv, "parquet": _parquet, "xlsx": _xlsx}
WRONG_FILES: dict[str, Callable[[Sender, pa.Table, Planted], tuple[str, bytes]]] = {
    "wrong_columns": _wrong_columns,
    "cut_off": _cut_off,
    "twice": _twice,
    "letters": _letters,
}


def write_files(folder: Path, files: Iterator[tuple[str, bytes]]) -> int:
    """Write files into a folder, each whole or not at all; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, content in files:
        unfinished = folder / f"{name}.part"
        unfinished.write_bytes(content)
        unfinished.rename(folder / name)
        count += 1
    return count
