"""Words of the sources: what a form asks, what a return is, and the observation that flows out of every source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from namro.ground.period import Kind
from namro.organisation.terms import Refused


class SourceState(TextChoices):
    """Tình trạng nguồn of a value, from sound to doubtful."""

    FRESH = "fresh", _("Đúng hạn")
    LATE = "late", _("Nộp muộn")
    MISSING = "missing", _("Chưa nộp")
    BREACHED = "breached", _("Số liệu chưa khớp")


# The worst of the parts is the state of the whole.
STATE_WEIGHT = {state: weight for weight, state in enumerate(SourceState)}


@dataclass(frozen=True)
class Observation:
    """One value of a measure for a unit and a period as one source gave it; known since the day `as_of`."""

    measure: str
    unit: str
    period: str
    value: Decimal | None
    as_of: date
    source: str
    breakdown: str = ""
    source_state: str = SourceState.FRESH
    synthetic: bool = False


# Stands behind the source of every value that was made up for the demo.
SYNTHETIC_MARK = "(số liệu mẫu)"

# What the house counts in its own tables, for catalogues to refer to; a domain that feeds a new measure names it here.
COUNTED_MEASURES = {
    "bieu.phai_nop": gettext_noop("Số biểu phải nộp"),
    "bieu.da_nop": gettext_noop("Số biểu đã nộp"),
    "bieu.dung_han": gettext_noop("Số biểu nộp đúng hạn"),
    "nhiem_vu.tong": gettext_noop("Tổng số nhiệm vụ"),
    "nhiem_vu.xong": gettext_noop("Nhiệm vụ đã hoàn thành"),
    "nhiem_vu.xong_dung_han": gettext_noop("Nhiệm vụ hoàn thành đúng hạn"),
    "nhiem_vu.qua_han": gettext_noop("Nhiệm vụ quá hạn chưa xong"),
    "nhiem_vu.dang_lam": gettext_noop("Nhiệm vụ đang thực hiện"),
    "canh_bao.da_bao": gettext_noop("Cảnh báo đã báo trong 30 ngày"),
    "canh_bao.co_viec": gettext_noop("Cảnh báo có người nhận, giao việc hoặc đóng"),
    "canh_bao.gio_cho": gettext_noop("Tổng số giờ từ khi báo đến khi có người làm"),
    "canh_bao.tu_het": gettext_noop("Cảnh báo tự hết, không ai phải làm gì"),
    "chat_luong.diem": gettext_noop("Điểm phục vụ người dân, doanh nghiệp đạt được"),
    "chat_luong.toi_da": gettext_noop("Điểm phục vụ tối đa"),
    "chat_luong.dung_han": gettext_noop("Hồ sơ đã xong đúng hạn hoặc còn trong hạn"),
    "chat_luong.tiep_nhan": gettext_noop("Hồ sơ tiếp nhận trong kỳ"),
    "chat_luong.truc_tuyen": gettext_noop("Hồ sơ nộp trực tuyến"),
    "chat_luong.du_dieu_kien": gettext_noop("Hồ sơ của thủ tục nộp trực tuyến được"),
}


class FieldType(StrEnum):
    """What may stand in a box of a form; money is whole đồng."""

    INT = "int"
    DECIMAL = "decimal"
    PERCENT = "percent"
    MONEY = "money"
    BOOL = "bool"
    TEXT = "text"


@dataclass(frozen=True)
class FieldDef:
    """Ô: one box of a form; `measure` and `breakdown` say under which name its value flows on."""

    code: str
    label: str
    type: FieldType
    label_en: str = ""
    unit_of_measure: str = ""
    required: bool = True
    help: str = ""
    measure: str = ""
    breakdown: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the box holds something that can be added up or compared."""
        return self.type is not FieldType.TEXT


class CountKind(StrEnum):
    """What a form may count over its own yes/no boxes."""

    YES = "yes"
    ANSWERED = "answered"
    ALL_YES = "all_yes"
    RETURNS = "returns"


@dataclass(frozen=True)
class CountDef:
    """A measure that a form counts over its boxes, such as how many criteria are met."""

    code: str
    label: str
    kind: CountKind
    of: tuple[str, ...]


class CheckKind(StrEnum):
    """The checks a form may declare."""

    PARTS_ADD_UP = "parts_add_up"
    RATE_FOLLOWS = "rate_follows"
    RANGE = "range"
    JUMP = "jump"
    NOT_MORE_THAN = "not_more_than"


@dataclass(frozen=True)
class CheckDef:
    """Phép kiểm tra: the field under test and those it is held against (parts; numerator, denominator; limit)."""

    code: str
    kind: CheckKind
    subject: str
    others: tuple[str, ...] = ()
    decimals: int = 0
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    factor: Decimal | None = None
    text: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that a breach of the check casts doubt on."""
        return (self.subject, *self.others)


@dataclass(frozen=True)
class Breach:
    """A check that does not hold: what was stated, what was expected, stated minus expected, and the sentence."""

    check: str
    kind: CheckKind
    fields: tuple[str, ...]
    stated: Decimal
    expected: Decimal
    difference: Decimal
    text: str


@dataclass(frozen=True)
class DueRule:
    """Hạn nộp: so many working days after the period's end, or a fixed day of the month after it."""

    working_days: int | None = None
    day_of_month: int | None = None


@dataclass(frozen=True)
class FormDef:
    """Biểu: what is asked, of whom, for which period, due when, and what must hold between the boxes."""

    code: str
    title: str
    version: int
    owner: str
    why: str
    next_review: date
    period: Kind
    first_period: str
    due: DueRule
    fields: tuple[FieldDef, ...]
    title_en: str = ""
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    about: str = ""
    within: str = ""
    counts: tuple[CountDef, ...] = ()
    checks: tuple[CheckDef, ...] = ()
    placeholder: str = ""

    @cached_property
    def by_code(self) -> dict[str, FieldDef]:
        """Its fields by their code."""
        return {field.code: field for field in self.fields}

    def measure_of(self, field: FieldDef) -> str:
        """The name under which a field flows on: bieu.<form>.<measure>."""
        return f"bieu.{self.code}.{field.measure or field.code}"

    @cached_property
    def measures(self) -> dict[str, str]:
        """Every measure the form yields, with the label people read."""
        asked = {self.measure_of(field): field.label for field in self.fields if field.is_number}
        return asked | {f"bieu.{self.code}.{count.code}": count.label for count in self.counts}


class ReturnState(TextChoices):
    """Tình trạng nộp biểu of a unit for a period."""

    ON_TIME = "on_time", _("Nộp đúng hạn")
    LATE = "late", _("Nộp muộn")
    WAITING = "waiting", _("Chưa đến hạn")
    MISSING = "missing", _("Quá hạn chưa nộp")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one box, in a sentence that says how to mend it."""

    field: str
    sentence: str


class FormRefused(Refused):
    """Boxes that cannot be read; all of them at once, each with its sentence."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(p.sentence for p in self.problems), field=self.problems[0].field)


class NewerVersion(Refused):
    """Someone has sent a newer version meanwhile; `current` is its number."""

    def __init__(self, sentence: str, *, current: int) -> None:
        super().__init__(sentence)
        self.current = current


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file of a package, and on which line; a warning does not stop the load."""

    file: str
    line: int
    what: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}, dòng {self.line}: {self.what}"


class PackageRefused(Refused):
    """A package with faults; every one of them stands on its own line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
