"""Checking rows without a database: what is wrong in which column, and how to mend it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Protocol, TypeVar

from namro.ground.days import DayRefused, format_day, parse_day
from namro.ground.numbers import NumberRefused, parse_number
from namro.ground.text import fold
from namro.organisation.terms import Refused
from namro.tasks.actions.importing.columns import BY_KEY, REQUIRED
from namro.tasks.actions.importing.reading import SheetRow
from namro.tasks.rules import check_days, check_mark
from namro.tasks.terms import Mark, Proof

MOST_TITLE = 500
EARLIEST = date(2000, 1, 1)
FURTHEST_YEARS = 30
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(36_526, 73_416)  # 2000 to 2100

T = TypeVar("T")


class Known(Protocol):
    """What the rows name, looked up; each refuses in a sentence what is not there."""

    def register(self, text: str) -> Any:
        """The register of that code or name."""

    def directive(self, register: Any, text: str) -> Any:
        """The directive of that number in the register."""

    def unit(self, text: str) -> Any:
        """The unit of that name or code; an old name leads to the new one."""

    def lead(self, text: str) -> Any:
        """The unit, if it may lead a task."""

    def person(self, unit: Any, text: str) -> Any:
        """The person of that name at the unit."""

    def parent(self, code: str) -> Any:
        """The task of that code."""

    def is_there(self, row: int, directive: Any, title: str, lead: Any) -> str:
        """The code of a task that is already there, not made by this very row; empty when there is none."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one column of a row, in a sentence that says how to mend it."""

    column: str
    sentence: str

    @property
    def heading(self) -> str:
        """The column as the sheet calls it."""
        return BY_KEY[self.column].heading


@dataclass
class Checked:
    """A row with what it holds (`values`, fields of a task) and what is wrong with it."""

    row: SheetRow
    values: dict[str, Any] = field(default_factory=dict)
    cooperating: tuple[Any, ...] = ()
    faults: list[Fault] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The work as the row names it, for pages."""
        return self.row.text("title")

    def take(self, column: str, read: Callable[[], T]) -> T | None:
        """What `read` gives; when it refuses, a fault in the column and None."""
        try:
            return read()
        except Refused as refusal:
            self.faults.append(Fault(column, refusal.sentence))
        except (DayRefused, NumberRefused) as refusal:
            self.faults.append(Fault(column, f"{refusal}."))
        return None


def check_rows(rows: Iterable[SheetRow], known: Known, *, today: date) -> list[Checked]:
    """Every row with its values and its faults, repetitions within the sheet and of what is already there included."""
    checked = [check_row(row, known, today=today) for row in rows]
    first: dict[tuple[object, ...], int] = {}
    for each in checked:
        if not each.faults:
            _check_repetition(each, first, known)
    return checked


def check_row(row: SheetRow, known: Known, *, today: date) -> Checked:
    """One row, looked at alone."""
    checked = Checked(row)
    empty = [column.key for column in REQUIRED if not row.text(column.key)]
    checked.faults += [Fault(key, f"Chưa có {_lower(BY_KEY[key].heading)}; hãy điền ô này.") for key in empty]
    _read_document(checked, known)
    _read_units(checked, known)
    _read_days(checked, today)
    _read_texts(checked)
    _read_proof(checked)
    return checked


def _read_document(checked: Checked, known: Known) -> None:
    row, values = checked.row, checked.values
    register = _named(checked, "register", known.register)
    if register is not None:
        values["register"] = register
        values["directive"] = _named(checked, "directive", lambda text: known.directive(register, text))
    values["parent"] = _named(checked, "parent", known.parent)
    values["mark"] = checked.take("mark", lambda: read_mark(row.text("mark")))


def _read_units(checked: Checked, known: Known) -> None:
    row, values = checked.row, checked.values
    lead = values["lead_unit"] = _named(checked, "lead_unit", known.lead)
    if lead is not None:
        values["lead_person"] = _named(checked, "lead_person", lambda text: known.person(lead, text))
    values["escalate_to"] = _named(checked, "escalate_to", known.unit)
    names = [name.strip() for name in row.text("cooperating").split(";") if name.strip()]
    partners = [checked.take("cooperating", lambda name=name: known.unit(name)) for name in names]  # type: ignore[misc]
    checked.cooperating = tuple(
        {each.pk: each for each in partners if each is not None and each != lead}.values()
    )


def _named(checked: Checked, column: str, find: Callable[[str], Any]) -> Any:
    """What the cell names, None when it is empty or refused."""
    text = checked.row.text(column)
    return checked.take(column, lambda: find(text)) if text else None


def _read_days(checked: Checked, today: date) -> None:
    row, values = checked.row, checked.values
    start = values["start_day"] = (
        checked.take("start_day", lambda: read_day(row, "start_day", today))
        if "start_day" in row.cells
        else today
    )
    due = values["due_day"] = (
        checked.take("due_day", lambda: read_day(row, "due_day", today)) if "due_day" in row.cells else None
    )
    if start and due:
        checked.take("due_day", lambda: check_days(start, due))


def read_day(row: SheetRow, column: str, today: date) -> date:
    """The day of a cell, however Excel kept it; refused when the calendar has none or it is beyond any task."""
    cell = row.cells[column]
    day = cell if isinstance(cell, date) else _serial(cell) or parse_day(cell)
    if not EARLIEST <= day <= today.replace(year=today.year + FURTHEST_YEARS, day=1):
        raise Refused(f"Ngày {format_day(day)} nằm ngoài khoảng hợp lý; hãy kiểm tra lại năm.")
    return day


def _serial(text: str) -> date | None:
    """The day of a bare Excel number, where a cell lost its date format."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) == 5 else 0
    return EXCEL_EPOCH + timedelta(days=number) if number in EXCEL_DAYS else None


def _read_texts(checked: Checked) -> None:
    row, values = checked.row, checked.values
    for key in ("title", "detail", "authority", "result"):
        values[key] = row.text(key)
    for key, most in (("title", MOST_TITLE), ("authority", 300)):
        if len(values[key]) > most:
            sentence = (
                f"Dài {len(values[key])} ký tự, tối đa {most}; phần còn lại hãy ghi ở cột Nội dung chi tiết."
            )
            checked.faults.append(Fault(key, sentence))


def _read_proof(checked: Checked) -> None:
    row, values = checked.row, checked.values
    values["proof_kind"] = checked.take("proof_kind", lambda: read_proof(row.text("proof_kind")))
    values["proof_indicator"] = row.text("proof_indicator")[:80]
    values["proof_target"] = checked.take("proof_target", lambda: read_target(row.text("proof_target")))


@cache
def read_proof(text: str) -> str:
    """How the result is proven; empty means by a product."""
    kinds: Mapping[str, str] = {"": Proof.PRODUCT, "san pham": Proof.PRODUCT, "chi so": Proof.INDICATOR}
    if fold(text) not in kinds:
        raise Refused(f"«{text}» không phải cách chứng minh kết quả; hãy ghi Sản phẩm hoặc Chỉ số.")
    return kinds[fold(text)]


@cache
def read_mark(text: str) -> str:
    """The mark by its Vietnamese name; empty means normal, top secret may not enter."""
    names = {fold(str(label)): value for value, label in Mark.choices} | {"": Mark.NORMAL}
    return check_mark(names.get(fold(text), text))


def read_target(text: str) -> Decimal | None:
    """The target as a number, None when the cell is empty; a per cent sign is allowed."""
    number = parse_number(text.rstrip(" %\u00a0")) if text else None
    if number is not None and abs(number) >= 10**15:
        raise Refused("Mức phải đạt quá lớn; hãy kiểm tra lại con số.")
    return number


def _check_repetition(checked: Checked, first: dict[tuple[object, ...], int], known: Known) -> None:
    values, number = checked.values, checked.row.number
    key = (values["directive"].pk, fold(values["title"]), values["lead_unit"].pk)
    earlier = first.setdefault(key, number)
    if earlier != number:
        checked.faults.append(
            Fault("title", f"Trùng với dòng {earlier} (cùng văn bản, nhiệm vụ, đơn vị chủ trì).")
        )
        return
    code = known.is_there(number, values["directive"], values["title"], values["lead_unit"])
    if code:
        checked.faults.append(
            Fault("title", f"Nhiệm vụ này đã có trong hệ thống với mã {code}; hãy bỏ dòng này.")
        )


def _lower(heading: str) -> str:
    return heading[:1].lower() + heading[1:]
