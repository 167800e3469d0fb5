"""Tables in files: CSV in the encodings that offices use, Excel with titles above its headings, Parquet.

Every cell of CSV and Excel comes as text, as it was written; what it means is for the contract to say.
"""

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from python_calamine import CalamineError, CalamineWorkbook

from namro.ground.text import fold, nfc
from namro.outside.connectors import Unreadable

ROWS_ABOVE = 30
SEPARATORS = ",;\t|"
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
# How files begin that are tables (an old workbook is a compound file, a new one a ZIP), and some that are none.
MARKS = {b"PAR1": "parquet", b"PK\x03\x04": "workbook", b"\xd0\xcf\x11\xe0": "workbook"}
NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")
Cells = Sequence[Any]


def read_sheet(content: bytes, name: str, settings: Mapping[str, Any], headings: Collection[str]) -> pa.Table:
    """Return the rows of a file by its headings; Unreadable with a sentence about what is wrong in it.

    `headings` are those to look for, so that titles above them can be passed over; none given, they are guessed.
    """
    if not content:
        raise Unreadable(f"Tệp {name} rỗng.")
    kind = _kind(content, name)
    known = {fold(heading) for heading in headings}
    try:
        if kind == "parquet":
            return pa.parquet.read_table(io.BytesIO(content))
        if kind == "workbook":
            return _workbook(content, name, settings, known)
        return _text(content, name, settings, known)
    except (pa.ArrowInvalid, pa.ArrowIOError, CalamineError, OSError, EOFError) as fault:
        said = str(fault).split("\n", 1)[0][:200]
        raise Unreadable(f"Tệp {name} hỏng hoặc bị cắt giữa chừng ({said}); hãy gửi lại cả tệp.") from fault


def _kind(content: bytes, name: str) -> str:
    """Return what a file is by what is in it; its name counts where the content tells nothing."""
    for mark, kind in MARKS.items():
        if content.startswith(mark):
            return kind
    if content.startswith(NO_TABLES):
        raise Unreadable(f"Tệp {name} không phải là bảng số liệu; hãy gửi CSV, Excel hoặc Parquet.")
    ending = name.rpartition(".")[2].lower()
    return "workbook" if ending in {"xlsx", "xls", "xlsb", "ods"} else ending


def _text(content: bytes, name: str, settings: Mapping[str, Any], known: Collection[str]) -> pa.Table:
    text = _decoded(content, name, str(settings.get("encoding", "")))
    if not text.endswith("\n"):
        raise Unreadable(
            f"Tệp {name} có thể bị cắt giữa chừng: dòng cuối không xuống dòng; hãy gửi lại cả tệp."
        )
    above = text.split("\n", ROWS_ABOVE)[:ROWS_ABOVE]
    separator = str(settings.get("separator", "")) or _separator(above, known)
    lines = [next(csv.reader([line], delimiter=separator), []) for line in above]
    skipped = _heading_row(lines, name, known)
    columns = _named(lines[skipped], name)
    return pa.csv.read_csv(
        io.BytesIO(text.encode()),
        read_options=pa.csv.ReadOptions(skip_rows=skipped + 1, column_names=columns),
        parse_options=pa.csv.ParseOptions(delimiter=separator, newlines_in_values=True),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=True, null_values=[""]
        ),
    )


def _decoded(content: bytes, name: str, declared: str) -> str:
    marked = next((way for mark, way in BYTE_ORDER_MARKS.items() if content.startswith(mark)), "")
    way = marked or declared or "utf-8"
    try:
        return nfc(content.decode(way)).replace("\r\n", "\n").replace("\r", "\n")
    except (UnicodeDecodeError, LookupError):
        raise Unreadable(f"Tệp {name} không đọc được theo bảng mã {way}; hãy lưu lại ở dạng UTF-8.") from None


def _separator(lines: Sequence[str], known: Collection[str]) -> str:
    """Return the separator under which most headings are found; none known, that which parts the last lines alike."""

    def found(separator: str) -> int:
        return max(_known_in(line.split(separator), known) for line in lines)

    def parted(separator: str) -> int:
        counts = [line.count(separator) for line in lines if line]
        return max(counts, key=lambda count: (counts.count(count) if count else 0, count), default=0)

    return max(SEPARATORS, key=found if known else parted)


def _workbook(content: bytes, name: str, settings: Mapping[str, Any], known: Collection[str]) -> pa.Table:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = str(settings.get("sheet", "")) or book.sheet_names[0]
    if sheet not in book.sheet_names:
        raise Unreadable(f"Tệp {name} không có trang tính «{sheet}»; chỉ có: {', '.join(book.sheet_names)}.")
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=True)
    skipped = _heading_row(rows[:ROWS_ABOVE], name, known)
    columns = _named(rows[skipped], name)
    told = [row for row in rows[skipped + 1 :] if any(cell not in {"", None} for cell in row)]
    cells = zip(*told, strict=False) if told else ((),) * len(columns)
    arrays = [pa.array(_written(column), pa.string()) for column, _ in zip(cells, columns, strict=False)]
    return pa.table(arrays, names=columns)


def _written(cells: Iterable[Any]) -> list[str | None]:
    """Return cells as text: days in ISO form, whole numbers without the point that Excel keeps."""
    return [None if cell in {"", None} else _cell(cell) for cell in cells]


def _cell(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
        )
    return cell.isoformat() if isinstance(cell, date | time) else nfc(str(cell)).strip()


def _heading_row(rows: Sequence[Cells], name: str, known: Collection[str]) -> int:
    """Return the number of the row with most known headings, the first of equals; Unreadable where none has any."""
    if not known:
        return _likely_heading(rows, name)
    found = [_known_in(row, known) for row in rows]
    if not found or max(found) == 0:
        seen = next((row for row in rows if any(row)), [])
        told = ", ".join(f"«{cell}»" for cell in seen if cell)[:200]
        raise Unreadable(f"Tệp {name} không có cột nào của hợp đồng dữ liệu; dòng đầu là: {told}.")
    return found.index(max(found))


def _likely_heading(rows: Sequence[Cells], name: str) -> int:
    """Return the first row in which as many cells hold words as rows have cells: titles above it hold fewer."""
    filled = [sum(1 for cell in row if str(cell or "").strip()) for row in rows]
    if not filled or not max(filled):
        raise Unreadable(f"Tệp {name} không có dòng nào có chữ.")
    wide = max(filled, key=lambda count: (filled.count(count) if count > 1 else 0, count))
    fits = (place for place, row in enumerate(rows) if filled[place] >= wide and _are_words(row))
    return next(fits, filled.index(wide))


def _are_words(row: Cells) -> bool:
    """Whether no cell of a row is a number or a day, as those below a heading are."""
    said = [str(cell).strip() for cell in row if str(cell or "").strip()]
    return all(any(letter.isalpha() for letter in cell) for cell in said) and len(set(said)) == len(said)


def _known_in(cells: Cells, known: Collection[str]) -> int:
    return sum(fold(str(cell)) in known for cell in cells if cell)


def _named(cells: Cells, name: str) -> list[str]:
    """Return the headings; an empty one gets a name of its place, one that stands twice is refused."""
    columns = [
        nfc(str(cell)).strip() if cell else f"cột {place}" for place, cell in enumerate(cells, start=1)
    ]
    twice = {column for column in columns if columns.count(column) > 1}
    if twice:
        raise Unreadable(f"Tệp {name} có hai cột cùng tên «{twice.pop()}»; hãy đặt lại tên cột.")
    return columns
