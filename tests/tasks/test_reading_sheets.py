"""A sheet is read: its rows as Excel numbers them, and what is no sheet of ours."""

import io

import pytest
from openpyxl import Workbook
from tests.tasks.sheets import GOOD, sheet

from namro.organisation.terms import Refused
from namro.tasks.actions.importing.columns import COLUMNS, KEY_BY_HEADING
from namro.tasks.actions.importing.reading import read_sheet


def test_every_heading_of_the_template_is_read_back():
    assert set(KEY_BY_HEADING.values()) == {column.key for column in COLUMNS}


def test_rows_are_numbered_as_excel_shows_them_and_empty_ones_skipped():
    rows = read_sheet(sheet(GOOD, {}, GOOD))
    assert [each.number for each in rows] == [2, 4]


def test_columns_may_stand_in_any_order_and_others_are_left_alone():
    book = Workbook()
    headings = ["STT", *reversed(GOOD)]
    book.active.append(["Danh sách nhiệm vụ quý III"])
    book.active.append(headings)
    book.active.append([1, *reversed(GOOD.values())])
    stream = io.BytesIO()
    book.save(stream)
    (only,) = read_sheet(stream.getvalue())
    assert only.number == 3
    assert only.text("lead_unit") == "Sở Khoa học và Công nghệ"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b"%PDF-1.7 x", "không phải là sổ Excel"),
        (b"PK\x03\x04 cut short", "bị hỏng"),
        (b"\xd0\xcf\x11\xe0 old", "Excel cũ"),
        (b"x" * (10 * 1024 * 1024 + 1), "lớn hơn 10 MB"),
        (sheet(), "không có dòng nhiệm vụ nào"),
    ],
)
def test_a_file_that_is_no_sheet_of_ours_is_refused_in_a_sentence(content, said):
    with pytest.raises(Refused, match=said):
        read_sheet(content)


def test_a_sheet_without_a_needed_column_names_it():
    book = Workbook()
    book.active.append(["Nhiệm vụ", "Hạn hoàn thành"])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(Refused, match="thiếu cột: Sổ theo dõi, Số văn bản giao việc, Đơn vị chủ trì"):
        read_sheet(stream.getvalue())
