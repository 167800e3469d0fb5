"""The league as an Excel or CSV file: the same rows, numbers as numbers."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.organisation.terms import UnitKind
from namro.pages.league.asked import MEASURE_LABELS, PEERS, Asked
from namro.pages.league.rows import ShownRow
from namro.pages.naming import period_words
from namro.pages.sheet import Cell, download


def as_file(rows: Iterable[ShownRow], asked: Asked, *, kind: str) -> HttpResponse:
    """Return the download; anything but 'csv' is Excel."""
    lines = [*_title(asked), _heading(), *(_line(row) for row in rows)]
    name = f"xep-hang-{asked.peers}-{asked.as_of.day.isoformat()}"
    return download(lines, name=name, kind=kind, title=_("Xếp hạng"))


def _title(asked: Asked) -> list[list[Cell]]:
    register = asked.register.name if asked.register else _("Tất cả các sổ")
    due = _("việc có hạn trong %s") % period_words(asked.due) if asked.due else ""
    known = _("số liệu đến %s") % format_day(asked.as_of.day)
    return [
        [f"{_('Bảng xếp hạng')}: {PEERS[asked.peers].label}"],
        [" · ".join(part for part in (register, str(MEASURE_LABELS[asked.measure]), due, known) if part)],
        [],
    ]


def _heading() -> list[Cell]:
    return [
        _("Hạng từ"), _("Hạng đến"), _("Mã"), _("Đơn vị"), _("Loại"), _("Đạt"), _("Trên số"), _("Tỷ lệ (%)"),
        _("Cận dưới 95 % (%)"), _("Cận trên 95 % (%)"), _("Quá hạn"),
    ]  # fmt: skip


def _line(row: ShownRow) -> list[Cell]:
    return [
        row.rank_low, row.rank_high, row.code, row.name, str(UnitKind(row.kind).label), row.done, row.assigned,
        _number(row.rate), _number(row.low), _number(row.high), row.overdue,
    ]  # fmt: skip


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
