"""Words of the data contracts: what a source sends, by which means, how often, and what must hold of each row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ColumnType(TextChoices):
    """Kiểu cột: what may stand in a column; decimals keep six places."""

    TEXT = "text", _("Chữ")
    INTEGER = "integer", _("Số nguyên")
    DECIMAL = "decimal", _("Số thập phân")
    DATE = "date", _("Ngày")
    TIMESTAMP = "timestamp", _("Ngày giờ")
    BOOLEAN = "boolean", _("Có/không")


class Personal(TextChoices):
    """Dữ liệu cá nhân: what is done to such a column at the door."""

    HASH = "hash", _("Băm một chiều ngay khi nhận")
    DROP = "drop", _("Bỏ ngay khi nhận, không lưu")


class Codes(TextChoices):
    """Bảng mã: which units the unit column may name."""

    UNITS = "units", _("Mã đơn vị hiện nay")
    FORMER = "former", _("Mã hoặc tên trước 01/7/2025, quy về đơn vị mới")
    AGENCIES = "agencies", _("Mã cơ quan")


class Means(TextChoices):
    """Cách lấy số liệu of a source."""

    FOLDER = "folder", _("Tệp đặt vào thư mục")
    UPLOAD = "upload", _("Tải tệp lên trên web")
    SQL = "sql", _("Cơ sở dữ liệu SQL")
    REST = "rest", _("API REST/JSON")
    S3 = "s3", _("Kho S3")
    PUSH = "push", _("Nguồn tự đẩy tới")
    OWN = "own", _("Bảng của hệ thống")


class Mode(StrEnum):
    """Whether a batch is added to what is there, or is the whole of it."""

    APPEND = "append"
    REPLACE_ALL = "replace_all"


class Every(TextChoices):
    """Nhịp of a source."""

    HOUR = "hour", _("Mỗi giờ")
    DAY = "day", _("Mỗi ngày")
    WEEK = "week", _("Mỗi tuần")
    MONTH = "month", _("Mỗi tháng")


@dataclass(frozen=True)
class Schedule:
    """Lịch: every hour at a minute, or every day, Monday, first of the month at a time of Việt Nam."""

    every: Every
    hour: int = 0
    minute: int = 0


@dataclass(frozen=True)
class ColumnDef:
    """Cột: a column as the lake keeps it, the headings under which it comes, and what must hold of it."""

    name: str
    type: ColumnType
    label: str
    label_en: str = ""
    heading: tuple[str, ...] = ()
    needed: bool = True
    unit_of_measure: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    one_of: tuple[str, ...] = ()
    personal: Personal | None = None


@dataclass(frozen=True)
class UnitColumn:
    """Cột đơn vị: the column that says whose row it is, and whether a divided unit counts to its largest part."""

    column: str
    codes: Codes
    split: str = ""


@dataclass(frozen=True)
class ContractDef:
    """Hợp đồng dữ liệu: what an agency promises to send and the house to do with it."""

    code: str
    version: int
    name: str
    owner: str
    answers: str
    group: str
    why: str
    legal_basis: str
    next_review: date
    means: Means
    settings: Mapping[str, Any]
    schedule: Schedule
    freshness_hours: int
    time: str
    unit: UnitColumn
    key: tuple[str, ...]
    columns: tuple[ColumnDef, ...]
    mode: Mode = Mode.APPEND
    name_en: str = ""
    cursor: str = ""
    synthetic: bool = False
    min_people: int = 0
    numbers: str = "plain"
    givers: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, ColumnDef]:
        """Its columns by their name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def kept(self) -> tuple[ColumnDef, ...]:
        """The columns that reach the lake: all but those dropped at the door."""
        return tuple(column for column in self.columns if column.personal != Personal.DROP)


class BatchState(TextChoices):
    """Tình trạng lô."""

    RUNNING = "running", _("Đang nhận")
    LANDED = "landed", _("Đã nhận")
    FAILED = "failed", _("Không nhận được")
    SAME = "same", _("Không có gì mới")


class RowState(TextChoices):
    """Tình trạng of a row in quarantine."""

    OPEN = "open", _("Chờ sửa")
    RESENT = "resent", _("Đã gửi lại")
    DROPPED = "dropped", _("Đã bỏ")


class Freshness(TextChoices):
    """Độ mới of a source against its promise."""

    FRESH = "fresh", _("Đúng hẹn")
    LATE = "late", _("Trễ hẹn")
    SILENT = "silent", _("Chưa từng gửi")


@dataclass(frozen=True)
class UnitCodes:
    """What a source may call a unit: today's codes, and former codes and names with the units that they lead to."""

    now: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Former codes, and names of which there were several: not to be guessed.
    ambiguous: frozenset[str] = frozenset()
    changed_on: date | None = None
