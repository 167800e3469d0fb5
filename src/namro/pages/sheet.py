"""A table as a download, CSV or Excel: exact numbers, days as days, nothing in it that a sheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("xlsx", "csv")
_RUNS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | Decimal | date | None


def download(lines: Iterable[Sequence[Cell]], *, name: str, kind: str, title: str = "") -> HttpResponse:
    """Return the lines as the file of that kind; anything but 'csv' is Excel, whose sheet bears the title."""
    safe = [[_safe(cell) for cell in line] for line in lines]
    if kind == "csv":
        return _answer(_csv(safe), "text/csv; charset=utf-8", f"{name}.csv")
    return _answer(_xlsx(safe, title or _("Số liệu")), XLSX, f"{name}.xlsx")


def _safe(cell: Cell) -> Cell:
    """Return a text that would start a formula with a mark before it; all else as it is."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUNS) else cell


def _csv(lines: list[list[Cell]]) -> bytes:
    """Return CSV with the mark by which Excel knows UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _xlsx(lines: list[list[Cell]], title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for line in lines:
        sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _answer(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
