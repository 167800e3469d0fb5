"""Who took which data out: lines of the log about exports, told by what was taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from namro.audit.models import Entry
from namro.ground.clock import VIETNAM
from namro.ground.numbers import format_number
from namro.indicators.models import Definition
from namro.sources.models import Form

TABLES: dict[str, str | Promise] = {
    "tasks": _("Danh sách nhiệm vụ"),
    "league": _("Bảng xếp hạng"),
    "indicators": _("Các chỉ số"),
    "alerts": _("Danh sách cảnh báo"),
    "rejected": _("Dòng sai của tệp nhập Excel"),
}
# By what an export was narrowed: the names of the addresses and of the columns, in words.
NARROWED: dict[str, str | Promise] = {
    "q": _("tìm"), "so": _("sổ"), "trang_thai": _("trạng thái"), "don_vi": _("đơn vị"), "unit": _("đơn vị"),
    "vai_tro": _("tư cách"), "nguoi": _("người"), "van_ban": _("văn bản"), "cap_tren": _("cấp trên"), "tu": _("từ"),
    "den": _("đến"), "ngay": _("ngày"), "day": _("ngày"), "as_of": _("ngày"), "period": _("kỳ"), "ky": _("kỳ"),
    "version": _("phiên bản"), "task": _("nhiệm vụ"), "nhom": _("nhóm"), "theo": _("xếp theo"),
}  # fmt: skip
# What is told in a column of its own.
OWN = {"table", "rows", "kind", "format"}


@dataclass(frozen=True)
class Taken:
    """One export: when, who, what, how many rows (empty: a document), in which format, narrowed by what."""

    pk: int
    at: datetime
    who: str
    what: str
    rows: str
    format: str
    narrowed: str
    unit: str


def taken(entries: Iterable[Entry]) -> list[Taken]:
    """Return the lines as exports; two queries for the names of forms and indicators."""
    lines = list(entries)
    codes = {str((entry.after or {}).get("table", "")) for entry in lines} - TABLES.keys()
    names: dict[str, str] = {}
    for model in (Definition, Form):
        names |= dict(model._base_manager.filter(code__in=codes).values_list("code", "body__name"))
    return [_taken(entry, entry.after or {}, names) for entry in lines]


def _taken(entry: Entry, told: dict[str, Any], names: dict[str, str]) -> Taken:
    table = str(told.get("table", ""))
    return Taken(
        pk=entry.pk,
        at=entry.at.astimezone(VIETNAM),
        who=entry.by_name or str(_("hệ thống")),
        what=str(TABLES.get(table) or names.get(table) or entry.label),
        rows=format_number(told["rows"]) if isinstance(told.get("rows"), int) else "",
        format=str(told.get("kind") or told.get("format") or ""),
        narrowed=_narrowed(told),
        unit=entry.unit_code,
    )


def _narrowed(told: dict[str, Any]) -> str:
    flat = {name: value for name, value in told.items() if name not in OWN}
    flat |= flat.pop("filter", None) or {}
    return "; ".join(
        f"{NARROWED.get(name, name)}: {value}" for name, value in flat.items() if value not in (None, "")
    )
