"""Who may send a report of a unit, and what must be in it."""

from collections.abc import Mapping, Sequence
from datetime import date

from namro.ground.period import Period
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Viewer
from namro.reports.terms import Remark


def check_can_send(viewer: Viewer, *, unit_id: int, unit_name: str, is_owed: bool) -> None:
    """Refuse unless the report is owed by the unit and the viewer, with leave to fill forms, sits in it."""
    if not is_owed:
        raise Refused(f"{unit_name} không phải gửi báo cáo này.")
    check_capability(viewer, Capability.FILL_FORMS)
    if unit_id not in viewer.post_unit_ids:
        raise Refused(f"Bạn không giữ chức vụ ở {unit_name} nên không gửi báo cáo thay được.")


def can_send(viewer: Viewer, *, unit_id: int, is_owed: bool) -> bool:
    """Whether check_can_send would let the viewer pass."""
    try:
        check_can_send(viewer, unit_id=unit_id, unit_name="", is_owed=is_owed)
    except Refused:
        return False
    return True


def check_period(period: Period, first: Period, day: date) -> None:
    """Refuse a period before the schedule began, or one that has not ended."""
    if period.kind is not first.kind or period < first:
        raise Refused(
            f"Báo cáo này không gửi cho {period.label}; kỳ đầu tiên là {first.label}.", field="period"
        )
    if period.end >= day:
        raise Refused(f"Chưa hết {period.label} nên chưa gửi được báo cáo của kỳ này.", field="period")


def check_remarks(asked: Sequence[Remark], written: Mapping[str, str]) -> None:
    """Refuse when something that the unit must write is not there."""
    for remark in asked:
        if remark.required and not written.get(remark.code, "").strip():
            raise Refused(f"Hãy viết mục «{remark.title}» trước khi gửi.", field=remark.code)


def check_correction(version: int, reason: str) -> None:
    """Refuse a new version of what was sent without the reason."""
    if version > 1 and not reason.strip():
        raise Refused("Báo cáo đã gửi thì khóa; muốn đính chính, hãy ghi lý do.", field="reason")
