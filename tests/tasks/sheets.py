"""Sheets of tasks as an office fills them in."""

import io

from openpyxl import Workbook

from namro.tasks.actions.importing.columns import COLUMNS

GOOD = {
    "Sổ theo dõi": "bcd",
    "Số văn bản giao việc": "01-KH/BCĐ",
    "Nhiệm vụ": "Xây dựng cơ sở dữ liệu đất đai dùng chung",
    "Đơn vị chủ trì": "Sở Khoa học và Công nghệ",
    "Hạn hoàn thành": "30/06/2025",
}


def sheet(*rows: dict[str, object]) -> bytes:
    """A workbook with the template's headings and the rows."""
    book = Workbook()
    page = book.active
    headings = [column.heading for column in COLUMNS]
    page.append(headings)
    for row in rows:
        page.append([row.get(heading) for heading in headings])
    for cell in (cell for line in page for cell in line if isinstance(cell.value, str)):
        cell.data_type = "s"  # as typed by a person: "=1" may be a title
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
