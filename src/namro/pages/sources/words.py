"""What a contract and a batch say, in words for people."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number
from namro.pages.naming import is_english
from namro.sources.models import Batch
from namro.sources.queries.league import SourceLine
from namro.sources.terms import BatchState, Codes, ColumnDef, ContractDef, Freshness, Mode, Personal

TONES = {
    Freshness.FRESH: "ok", Freshness.LATE: "over", Freshness.SILENT: "none",
    BatchState.LANDED: "ok", BatchState.FAILED: "over", BatchState.SAME: "none", BatchState.RUNNING: "progress",
}  # fmt: skip


def of_league(lines: list[SourceLine]) -> str:
    """Say how many sources keep their promise."""
    if not lines:
        return _("Chưa có nguồn số liệu nào trong phạm vi của bạn")
    kept = sum(line.state == Freshness.FRESH for line in lines)
    counts = {"n": format_number(kept), "all": format_number(len(lines))}
    return _("%(n)s trên %(all)s nguồn gửi đúng hẹn") % counts


def of_batch(batch: Batch) -> str:
    """Say what came of a batch."""
    if batch.state == BatchState.LANDED:
        counts = {"n": format_number(batch.rows_landed), "held": format_number(batch.rows_quarantined)}
        if batch.rows_quarantined:
            return _("Đã nhận %(n)s dòng, giữ lại %(held)s dòng sai hợp đồng") % counts
        return _("Đã nhận trọn %(n)s dòng") % counts
    return str(BatchState(batch.state).label)


def facts(contract: ContractDef, owner: str) -> Iterator[tuple[str, str]]:
    """Yield the promises of a contract, each under its name."""
    yield _("Cơ quan quản lý"), owner
    yield _("Người trả lời"), contract.answers
    yield _("Để làm gì"), contract.why
    yield _("Căn cứ"), contract.legal_basis
    yield _("Cách lấy"), str(contract.means.label)
    yield _("Lịch"), _schedule(contract)
    yield _("Cam kết"), _("không cũ hơn %s giờ") % format_number(contract.freshness_hours)
    yield (
        _("Cách ghi"),
        _("thay toàn bộ mỗi lần") if contract.mode == Mode.REPLACE_ALL else _("thêm vào số đã có"),
    )
    yield _("Khóa của dòng"), _labels(contract, contract.key)
    yield (
        _("Đơn vị của dòng"),
        f"{_labels(contract, [contract.unit.column])} ({Codes(contract.unit.codes).label})",
    )
    personal = [
        f"{label_of(each)}: {Personal(each.personal).label}" for each in contract.columns if each.personal
    ]
    yield _("Dữ liệu cá nhân"), "; ".join(personal) or _("không có")
    yield _("Phiên bản hợp đồng"), format_number(contract.version)


def columns(contract: ContractDef) -> list[dict[str, Any]]:
    """Return the columns with what must hold of each."""
    return [
        {
            "label": label_of(each),
            "type": each.type.label,
            "needed": _("bắt buộc") if each.needed else _("không bắt buộc"),
            "limits": _limits(each.minimum, each.maximum, each.unit_of_measure) or ", ".join(each.one_of),
        }
        for each in contract.columns
    ]


def _limits(low: Any, high: Any, measure: str) -> str:
    bounds = [(_("từ %s"), low), (_("đến %s"), high)]
    told = " ".join(words % format_number(limit) for words, limit in bounds if limit is not None)
    return f"{told} {measure}".strip()


def _schedule(contract: ContractDef) -> str:
    at = f"{contract.schedule.hour:02}:{contract.schedule.minute:02}"
    every = str(contract.schedule.every.label)
    return (
        every if contract.schedule.every == "hour" else _("%(every)s lúc %(at)s") % {"every": every, "at": at}
    )


def _labels(contract: ContractDef, names: Iterable[str]) -> str:
    return ", ".join(label_of(contract.by_name[name]) for name in names)


def label_of(column: ColumnDef) -> str:
    """Return what people call a column; its name is for machines."""
    return (column.label_en if is_english() else "") or column.label
