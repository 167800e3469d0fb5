"""A row of a sheet is checked, without a database: what is refused, where, and how to mend it."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from tests.tasks.sheets import GOOD

from namro.organisation.terms import Refused
from namro.tasks.actions.importing.checking import check_row, check_rows
from namro.tasks.actions.importing.columns import COLUMNS
from namro.tasks.actions.importing.reading import SheetRow

TODAY = date(2025, 3, 3)
KEY_BY_HEADING_OF = {column.heading: column.key for column in COLUMNS}


class Table:
    """What rows may name, without a database."""

    def __init__(self) -> None:
        self.there: dict[str, str] = {}

    def register(self, text):
        return SimpleNamespace(pk=1, code=text)

    def directive(self, register, text):
        return SimpleNamespace(pk=2, number=text)

    def unit(self, text):
        if text == "Sở Không Có":
            raise Refused("Không có đơn vị «Sở Không Có»; gần nhất là: Sở Công Thương.")
        return SimpleNamespace(pk=hash(text), name=text)

    lead = unit

    def person(self, unit, text):
        return SimpleNamespace(pk=4)

    def parent(self, code):
        return SimpleNamespace(pk=5)

    def is_there(self, row, directive, title, lead):
        return self.there.get(title, "")


def row(number: int = 2, **changed: object) -> SheetRow:
    cells = {KEY_BY_HEADING_OF[heading]: value for heading, value in GOOD.items()}
    return SheetRow(number, {key: value for key, value in (cells | changed).items() if value != ""})


def faults_of(one: SheetRow) -> dict[str, str]:
    return {fault.column: fault.sentence for fault in check_row(one, Table(), today=TODAY).faults}


def test_a_full_row_has_no_fault():
    assert faults_of(row()) == {}


@pytest.mark.parametrize(
    ("column", "written", "said"),
    [
        ("due_day", "31/02/2025", "Ngày 31/02/2025 không có trong lịch: tháng 2 năm 2025 có 28 ngày."),
        ("due_day", "cuối quý 3", "không phải là ngày"),
        ("due_day", "01/01/2025", "đứng trước ngày bắt đầu"),
        ("due_day", "30/06/2205", "nằm ngoài khoảng hợp lý"),
        ("due_day", "", "Chưa có hạn hoàn thành"),
        ("title", "", "Chưa có nhiệm vụ"),
        ("title", "x" * 501, "tối đa 500"),
        ("lead_unit", "Sở Không Có", "gần nhất là: Sở Công Thương"),
        ("cooperating", "Sở A; Sở Không Có", "gần nhất là: Sở Công Thương"),
        ("proof_kind", "lời hứa", "hãy ghi Sản phẩm hoặc Chỉ số"),
        ("proof_target", "1,154", "hai cách"),
        ("mark", "Tuyệt mật", "không được nhập vào hệ thống"),
        ("mark", "hơi mật", "không có"),
    ],
)
def test_what_is_wrong_in_a_cell_is_said_at_its_column_with_how_to_mend_it(column, written, said):
    assert said in faults_of(row(**{column: written}))[column]


def test_all_faults_of_a_row_are_told_at_once():
    found = faults_of(row(title="", lead_unit="Sở Không Có", due_day="31/02/2025"))
    assert set(found) == {"title", "lead_unit", "due_day"}


def test_days_are_read_as_dates_as_words_and_as_bare_excel_numbers():
    for written in (date(2025, 6, 30), "30/6/2025", "2025-06-30", "45838"):
        assert check_row(row(due_day=written), Table(), today=TODAY).values["due_day"] == date(2025, 6, 30)


def test_a_target_is_read_the_vietnamese_way():
    checked = check_row(row(proof_kind="chi so", proof_target="42,7 %"), Table(), today=TODAY)
    assert checked.values["proof_target"] == Decimal("42.7")


def test_the_second_of_two_equal_rows_is_the_one_refused():
    first, second = check_rows([row(2), row(9)], Table(), today=TODAY)
    assert not first.faults
    assert "Trùng với dòng 2" in second.faults[0].sentence


def test_a_row_whose_task_is_already_there_names_its_code():
    table = Table()
    table.there[str(GOOD["Nhiệm vụ"])] = "BCD-25-ABCDEF"
    (checked,) = check_rows([row()], table, today=TODAY)
    assert "BCD-25-ABCDEF" in checked.faults[0].sentence
