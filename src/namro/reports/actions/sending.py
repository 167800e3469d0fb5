"""Send a report that is due: it is locked as it was sent; a correction is a new version with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction

from namro.alerts.actions import answer
from namro.audit.actions import once, record
from namro.ground import clock
from namro.ground.period import Period
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Refused, Viewer
from namro.reports.catalog.templates import TemplateDef
from namro.reports.formulas.build import with_remarks
from namro.reports.formulas.freezing import freeze, seal_of
from namro.reports.models import SentReport
from namro.reports.queries.one import report
from namro.reports.queries.owed import due_of, is_owed, versions
from namro.reports.rules import check_can_send, check_correction, check_period, check_remarks

OWN_WORDS = "Ý kiến của đơn vị"


@dataclass(frozen=True)
class Parcel:
    """A report on its way in: which, whose, for when, what the unit wrote, and why it corrects (empty: it does not)."""

    template: TemplateDef
    unit: Unit
    period: Period
    written: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@once
def send(parcel: Parcel, *, client_id: UUID, expected_version: int, by: Person, viewer: Viewer) -> SentReport:
    """Send the report as of the last day of its period; `expected_version` is the last one its sender saw (0: none).

    A retry with the same client_id gives the same row.
    """
    _check(parcel, viewer, expected_version + 1)
    known = SentReport.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _put(parcel, client_id, expected_version, by)
    except IntegrityError:
        # Somebody else sent this version in the same instant.
        return _refuse_newer(parcel)


def _check(parcel: Parcel, viewer: Viewer, version: int) -> None:
    template, unit = parcel.template, parcel.unit
    check_can_send(viewer, unit_id=unit.pk, unit_name=unit.name, is_owed=is_owed(template, unit))
    if template.schedule is not None:
        check_period(parcel.period, Period.parse(template.schedule.first_period), clock.today())
    check_remarks(template.remarks, parcel.written)
    check_correction(version, parcel.reason)


def _put(parcel: Parcel, client_id: UUID, expected_version: int, by: Person) -> SentReport:
    template, unit, period = parcel.template, parcel.unit, parcel.period
    last = versions(template.code, unit, period).first()
    if (last.version if last else 0) != expected_version:
        _refuse_newer(parcel)
    remarks = [(remark.title, parcel.written.get(remark.code, "")) for remark in template.remarks]
    body = freeze(with_remarks(report(template, unit, period.end), OWN_WORDS, remarks))
    sent = SentReport.objects.create(
        client_id=client_id,
        template=template.code,
        template_version=template.version,
        unit=unit,
        period_kind=period.kind,
        period_start=period.start,
        period=period.key,
        version=expected_version + 1,
        reason=parcel.reason.strip() if expected_version else "",
        due_day=due_of(template, unit, period),
        as_of=period.end,
        body=body,
        seal=seal_of(body),
        sent_by=by,
        sent_at=clock.now(),
        sent_day=clock.today(),
    )
    told = {"template": template.code, "period": period.key, "version": sent.version, "seal": sent.seal}
    answer([(f"report:{template.code}/{period.key}", unit.pk)], by=by, words=f"Đã gửi bản {sent.version}")
    record(by=by, verb="send_report", obj=sent, after=told, unit=unit.code, ground=sent.reason)
    return sent


def _refuse_newer(parcel: Parcel) -> SentReport:
    """Refuse in a sentence that says who has sent which version meanwhile."""
    last = versions(parcel.template.code, parcel.unit, parcel.period).first()
    if last is None:
        raise Refused("Bản báo cáo bạn đang sửa không còn; hãy tải lại trang rồi gửi lại.")
    at = last.sent_at.astimezone(clock.VIETNAM)
    raise Refused(
        f"{last.sent_by} đã gửi bản {last.version} lúc {at:%H:%M} ngày {at:%d/%m/%Y}; nội dung bạn viết vẫn còn, "
        "hãy xem bản mới rồi gửi đính chính nếu cần."
    )
