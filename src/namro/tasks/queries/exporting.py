"""Tasks as a table for Excel and CSV: bounded, in the order of the list, nothing in it that a sheet would run."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from namro.ground.days import format_day
from namro.organisation.terms import Viewer
from namro.tasks.models import Participation, Task
from namro.tasks.queries.finding import TaskFilter
from namro.tasks.queries.paging import ordered, shown_state
from namro.tasks.terms import Involvement, Mark, Stage, State

MOST_ROWS = 20_000
CHUNK = 2000
WIDTHS = (16, 60, 22, 22, 32, 22, 40, 12, 12, 12, 12, 26, 9, 12, 36, 40, 10)
HEADINGS = (
    "Mã", "Nhiệm vụ", "Sổ theo dõi", "Văn bản giao việc", "Đơn vị chủ trì", "Người phụ trách", "Đơn vị phối hợp",
    "Ngày giao", "Bắt đầu", "Hạn ban đầu", "Hạn hiện tại", "Trạng thái", "Tiến độ, %", "Ngày xong", "Thẩm quyền",
    "Kết quả phải có", "Độ mật",
)  # fmt: skip
Value = str | int | date | None

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Export:
    """The rows of a table, whether it was cut at the bound, and the day it is of."""

    rows: list[tuple[Value, ...]]
    is_cut: bool
    day: date


def export(viewer: Viewer, asked: TaskFilter, day: date, *, most: int = MOST_ROWS) -> Export:
    """The tasks that meet the filter as rows, in the order of the list, no more than `most`."""
    rows: list[tuple[Value, ...]] = []
    found = ordered(viewer, asked).select_related("lead_unit", "lead_person", "register", "directive")
    tasks = list(found.defer("words", "folded", "detail")[: most + 1])
    for start in range(0, min(len(tasks), most), CHUNK):
        chunk = tasks[start : min(start + CHUNK, most)]
        partners = _partners(chunk)
        rows += [_row(task, shown_state(task, asked, day), partners.get(task.pk, ""), day) for task in chunk]
    return Export(rows, len(tasks) > most, day)


def _partners(tasks: Sequence[Task]) -> dict[int, str]:
    """Names of the cooperating units by task. One query."""
    found: dict[int, list[str]] = {}
    taking_part = Participation.objects.filter(task__in=tasks, involvement=Involvement.COOPERATING)
    for task_id, name in taking_part.order_by("unit__sort_key").values_list("task_id", "unit__name"):
        found.setdefault(task_id, []).append(name)
    return {task_id: "; ".join(names) for task_id, names in found.items()}


def _row(task: Task, state: str, partners: str, day: date) -> tuple[Value, ...]:
    label = State(state).label if state in State.values else Stage(state).label
    return (
        task.code, task.title, task.register.short_name, str(task.directive), task.lead_unit.name,
        task.lead_person.full_name if task.lead_person else "", partners, task.issued_day, task.start_day,
        task.original_due_day, task.due_day, str(label), task.percent,
        task.done_day if task.done_day and task.done_day <= day else None, task.authority, task.result,
        str(Mark(task.mark).label),
    )  # fmt: skip


def safe_text(text: str) -> str:
    """A text that a workbook can hold: no control characters, no longer than a cell."""
    return _CONTROL.sub("", text)[:32_000]


def notes(table: Export) -> Iterator[str]:
    """What stands above the table: its day, and that it was cut where it was."""
    yield f"Nhiệm vụ, trạng thái đến ngày {format_day(table.day)}"
    if table.is_cut:
        yield f"Chỉ gồm {len(table.rows)} dòng đầu; hãy lọc hẹp hơn rồi xuất lại để có đủ."


def workbook(table: Export) -> bytes:
    """The table as xlsx, written row by row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhiệm vụ")
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for note in notes(table):
        sheet.append([note])
    sheet.append([_bold(sheet, heading) for heading in HEADINGS])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    """Days as days; a text that begins like a formula stays a text."""
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
        cell.number_format = "DD/MM/YYYY"
        return cell
    if isinstance(value, str):
        text = safe_text(value)
        if not text.startswith("="):
            return text
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        return cell
    return value


def csv_text(table: Export) -> str:
    """The table as CSV, for Excel too: a byte-order mark, no cell that a sheet would take for a formula."""
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream)
    for note in notes(table):
        writer.writerow([note])
    writer.writerow(HEADINGS)
    writer.writerows([_plain(value) for value in row] for row in table.rows)
    return stream.getvalue()


def _plain(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return value
