"""Workbooks of the import: the template to fill in, and the rows that were not taken, each with its reason."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from namro.organisation.models import Unit
from namro.organisation.terms import Refused, UnitKind, Viewer
from namro.tasks.actions.importing.checking import Checked
from namro.tasks.actions.importing.columns import COLUMNS, REASON_HEADING, SAMPLE_BEGINS
from namro.tasks.actions.importing.reading import MOST_ROWS
from namro.tasks.models import Directive, Register
from namro.tasks.queries.exporting import safe_text
from namro.tasks.terms import Mark, Proof

HEADING_FILL = PatternFill("solid", fgColor="E2EFF0")
REQUIRED_FILL = PatternFill("solid", fgColor="FBF0DD")
DAY_FORMAT = "DD/MM/YYYY"
MOST_DIRECTIVES = 2000
SHEET, LISTS, HELP = "Nhiệm vụ", "Danh mục", "Hướng dẫn"

STEPS = (
    "1. Mỗi dòng ở trang «Nhiệm vụ» là một nhiệm vụ. Cột nền vàng bắt buộc phải điền.",
    "2. Giữ nguyên hàng tiêu đề; có thể đổi thứ tự cột, bỏ cột không dùng. Xóa dòng mẫu trước khi gửi.",
    "3. Đơn vị ghi bằng tên hoặc mã, gõ không dấu cũng được. Tên xã, phường, quận, huyện cũ được dẫn tới đơn vị mới.",
    "4. Ngày ghi theo dạng ngày/tháng/năm, ví dụ 30/11/2025.",
    "5. Số văn bản giao việc phải là văn bản đã ghi nhận trong hệ thống.",
    f"6. Mỗi tệp tối đa {MOST_ROWS} dòng, 10 MB. Nhiệm vụ tuyệt mật không được nhập (Quy định 08-QC/TW).",
    "7. Gửi tệp ở trang «Nhập từ Excel»: từng dòng sai được chỉ rõ lý do trước khi ghi bất cứ điều gì.",
)


def template(viewer: Viewer, day: date) -> bytes:
    """The sheet to fill in: headings, a sample row, lists to choose from, and how to fill it."""
    book, sheet = _new_book()
    _write_headings(sheet, [column.heading for column in COLUMNS])
    sheet.append([_sample(column.key, column.sample) for column in COLUMNS])
    for cell in sheet[2]:
        cell.font = Font(italic=True, color="73838C")
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    _write_lists(book, sheet, _lists(viewer, day))
    _write_help(book)
    return _bytes(book)


def rejected(rows: Sequence[Checked]) -> bytes:
    """The rows not taken, as they were sent, with the reasons in a last column; to be mended and sent again."""
    book, sheet = _new_book()
    _write_headings(sheet, [*(column.heading for column in COLUMNS), REASON_HEADING])
    for checked in rows:
        cells = [checked.row.cells.get(column.key, "") for column in COLUMNS]
        sheet.append([cell if isinstance(cell, date) else safe_text(cell) for cell in cells])
        place = sheet.max_row
        for cell in sheet[place]:
            _keep_as_written(cell)
        reason = sheet.cell(place, len(COLUMNS) + 1, safe_text(reasons(checked)))
        reason.alignment = Alignment(wrap_text=True, vertical="top")
        reason.font = Font(color="B22C23")
    sheet.column_dimensions[get_column_letter(len(COLUMNS) + 1)].width = 70
    return _bytes(book)


def _new_book() -> tuple[Workbook, Worksheet]:
    """A workbook with the one sheet of tasks."""
    book = Workbook()
    sheet = cast(Worksheet, book.active)
    sheet.title = SHEET
    return book, sheet


def reasons(checked: Checked) -> str:
    """All that is wrong in a row, one sentence a column."""
    return " ".join(f"{fault.heading}: {fault.sentence}" for fault in checked.faults)


def _keep_as_written(cell: Any) -> None:
    """Days look Vietnamese; a text that begins like a formula stays a text."""
    if isinstance(cell.value, date):
        cell.number_format = DAY_FORMAT
    elif isinstance(cell.value, str):
        cell.data_type = "s"


def _sample(key: str, text: str) -> str:
    return f"{SAMPLE_BEGINS} {text}" if key == "title" else text


def _write_headings(sheet: Worksheet, headings: Iterable[str]) -> None:
    sheet.append(list(headings))
    for number, (column, cell) in enumerate(zip(COLUMNS, sheet[1], strict=False), start=1):
        cell.fill = REQUIRED_FILL if column.required else HEADING_FILL
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = "A2"


def _lists(viewer: Viewer, day: date) -> dict[str, list[str]]:
    """What may be chosen, by the column it is for."""
    units = Unit.objects.valid_on(day).exclude(kind__in=(UnitKind.COUNTRY, UnitKind.DISTRICT))
    city = Unit.objects.filter(pk=viewer.city_id).first()
    here = list(units.below(city)) if city else []
    names = [f"{unit.name} ({unit.code})" for unit in here]
    return {
        "register": list(Register.objects.values_list("code", flat=True)),
        "directive": list(Directive.objects.values_list("number", flat=True)[:MOST_DIRECTIVES]),
        "lead_unit": names,
        "escalate_to": names,
        "proof_kind": [str(label) for label in Proof.labels],
        "mark": [str(label) for label in Mark.labels],
    }


def _write_lists(book: Workbook, sheet: Worksheet, lists: dict[str, list[str]]) -> None:
    """The lists on a hidden sheet, and a choice from them in each column that has one."""
    hidden = book.create_sheet(LISTS)
    hidden.sheet_state = "hidden"
    place = {column.key: get_column_letter(number) for number, column in enumerate(COLUMNS, start=1)}
    for number, (key, choices) in enumerate(lists.items(), start=1):
        letter = get_column_letter(number)
        for row, choice in enumerate([key, *choices], start=1):
            hidden.cell(row, number, safe_text(choice)).data_type = "s"
        if choices:
            source = f"='{LISTS}'!${letter}$2:${letter}${len(choices) + 1}"
            rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
            rule.add(f"{place[key]}2:{place[key]}{MOST_ROWS + 1}")
            sheet.add_data_validation(rule)


def _write_help(book: Workbook) -> None:
    sheet = book.create_sheet(HELP)
    for step in STEPS:
        sheet.append([step])
    sheet.append([])
    sheet.append(["Cột", "Bắt buộc", "Cách ghi"])
    for column in COLUMNS:
        sheet.append([column.heading, "có" if column.required else "", column.hint])
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["C"].width = 70


def _bytes(book: Workbook) -> bytes:
    stream = io.BytesIO()
    try:
        book.save(stream)
    except ValueError as fault:
        raise Refused("Không ghi được tệp Excel; hãy thử lại với ít dòng hơn.") from fault
    return stream.getvalue()
