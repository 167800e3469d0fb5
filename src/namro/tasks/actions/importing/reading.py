"""Reading a sheet that was sent in: bytes to rows, refused in a sentence when it is no sheet of ours."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from namro.ground.days import format_day
from namro.ground.text import fold, nfc
from namro.organisation.terms import Refused
from namro.tasks.actions.evidence import OFFICE, media_type
from namro.tasks.actions.importing.columns import KEY_BY_HEADING, REQUIRED, SAMPLE_BEGINS

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 20_000
# The reader lays out every cell up to the last one, so one cell in the far corner would fill the memory.
MOST_HEIGHT, MOST_COLUMN_LETTERS = 200_000, 2
PLACES = re.compile(rb"""<(?:\w+:)?(?:row|c)\b[^>]*?\sr\s*=\s*["']([^"']*)["']""")
PLACE = re.compile(rb"([A-Z]{0,3})(\d{1,7})")
HEADINGS_WITHIN = 20
XLSX = OFFICE["xl/workbook.xml"]
OLD_EXCEL = b"\xd0\xcf\x11\xe0"

Cell = str | date


@dataclass(frozen=True)
class SheetRow:
    """A row of the sheet: its number as Excel shows it, and its cells by column key; empty cells are left out."""

    number: int
    cells: dict[str, Cell]

    def text(self, key: str) -> str:
        """The cell as text; a day in the Vietnamese form."""
        cell = self.cells.get(key, "")
        return format_day(cell) if isinstance(cell, date) else cell


def read_sheet(content: bytes) -> list[SheetRow]:
    """The rows of the sheet of tasks; Refused when the file is broken, too large, of another kind or bare."""
    check_file(content)
    table = _table(content)
    place, keys = _headings(table)
    rows = [row for row in _rows(table[place + 1 :], keys, place + 2) if row.cells and not _is_sample(row)]
    if not rows:
        raise Refused("Tệp không có dòng nhiệm vụ nào dưới hàng tiêu đề; hãy điền rồi gửi lại.", field="file")
    if len(rows) > MOST_ROWS:
        raise Refused(
            f"Tệp có {len(rows)} dòng; mỗi lần nhập tối đa {MOST_ROWS} dòng, hãy chia thành nhiều tệp.",
            field="file",
        )
    return rows


def check_file(content: bytes) -> None:
    """Refuse what is empty, too large, or no Excel workbook, each with how to mend it."""
    if not content:
        raise Refused("Tệp rỗng; hãy chọn lại tệp Excel đã điền.", field="file")
    if len(content) > MOST_BYTES:
        raise Refused("Tệp lớn hơn 10 MB; hãy bỏ hình ảnh hoặc chia thành nhiều tệp.", field="file")
    if content.startswith(OLD_EXCEL):
        raise Refused(
            "Tệp thuộc định dạng Excel cũ (.xls) hoặc đặt mật khẩu; hãy bỏ mật khẩu và lưu thành .xlsx.",
            field="file",
        )
    if media_type(content) != XLSX:
        raise Refused(
            "Tệp không phải là sổ Excel (.xlsx) hoặc bị hỏng; hãy tải tệp mẫu và điền vào đó.", field="file"
        )
    if sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist()) > MOST_UNPACKED:
        raise _too_wide()
    if not all(_is_compact(part) for part in _sheets(content)):
        raise _too_wide()


def _too_wide() -> Refused:
    return Refused("Tệp giải nén ra quá lớn; hãy xóa các cột, dòng trống và lưu lại.", field="file")


def _sheets(content: bytes) -> Iterator[bytes]:
    """The sheets of a workbook as XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for name in book.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    yield book.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise _unreadable() from fault


def _is_compact(sheet: bytes) -> bool:
    """Whether no cell stands further out than any list of tasks reaches."""
    places = (PLACE.fullmatch(place) for place in set(PLACES.findall(sheet)))
    return all(
        place and len(place[1]) <= MOST_COLUMN_LETTERS and int(place[2]) <= MOST_HEIGHT for place in places
    )


def _unreadable() -> Refused:
    return Refused("Không đọc được tệp Excel này; hãy mở bằng Excel, lưu lại rồi gửi lần nữa.", field="file")


def _table(content: bytes) -> list[list[Any]]:
    """The cells of the sheet named as in the template, else of the first one."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        wanted = next((name for name in names if fold(name) == "nhiem vu"), names[0])
        return book.get_sheet_by_name(wanted).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError) as fault:
        raise _unreadable() from fault


def _headings(table: Sequence[Sequence[Any]]) -> tuple[int, dict[int, str]]:
    """Where the headings stand, and the key of each column; the first rows are looked through."""
    found = [(place, _keys(row)) for place, row in enumerate(table[:HEADINGS_WITHIN])]
    place, keys = max(found, key=lambda each: len(each[1]), default=(0, {}))
    lacking = [column.heading for column in REQUIRED if column.key not in keys.values()]
    if lacking:
        raise Refused(
            f"Tệp thiếu cột: {', '.join(lacking)}; hãy giữ nguyên hàng tiêu đề của tệp mẫu.", field="file"
        )
    return place, keys


def _keys(row: Iterable[Any]) -> dict[int, str]:
    known = ((place, KEY_BY_HEADING.get(fold(str(cell)))) for place, cell in enumerate(row))
    return {place: key for place, key in known if key}


def _rows(table: Iterable[Sequence[Any]], keys: dict[int, str], first: int) -> Iterator[SheetRow]:
    for number, row in enumerate(table, start=first):
        cells = ((key, _cell(row[place])) for place, key in keys.items() if place < len(row))
        yield SheetRow(number, {key: cell for key, cell in cells if cell != ""})


def _is_sample(row: SheetRow) -> bool:
    return row.text("title").startswith(SAMPLE_BEGINS)


def _cell(value: Any) -> Cell:
    """A cell as text in NFC without needless blanks, or as a day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool | timedelta):
        return str(value)
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return " ".join(nfc(str(value)).split())
