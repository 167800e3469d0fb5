"""Send a return: nothing that was sent before is lost, nothing is sent twice, nothing is silently mended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from namro.audit.actions import line, once, record, record_many
from namro.ground import clock
from namro.ground.days import format_day
from namro.ground.period import Period
from namro.organisation.models import Person, Unit
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Refused, Viewer
from namro.sources.actions.findings import derive_findings
from namro.sources.models import Submission
from namro.sources.queries import form as form_by_code
from namro.sources.queries import is_asked, latest
from namro.sources.rules.due import due_day
from namro.sources.rules.permission import check_can_submit
from namro.sources.rules.reading import read_values
from namro.sources.terms import FormDef, NewerVersion


@dataclass(frozen=True)
class Parcel:
    """A return on its way in: whose, for when, what is written in its boxes, and the day it speaks of."""

    form: FormDef
    unit: Unit
    period: Period
    values: Mapping[str, object]
    as_of: date
    client_id: UUID
    at: datetime
    version: int = 1
    source: str = ""
    synthetic: bool = False


@once
def submit(
    *,
    form: str,
    unit: Unit,
    period: Period,
    values: Mapping[str, object],
    as_of: date,
    client_id: UUID,
    expected_version: int,
    by: Person | None,
    viewer: Viewer | None,
    source: str = "",
    at: datetime | None = None,
) -> Submission:
    """Send a return as a new version; `expected_version` is the one its sender had before their eyes (0: none).

    A retry with the same client_id gives the same row. `by` None is the machine, which takes in stated documents
    with the day on which they were sent (`at`).
    """
    declared, moment = form_by_code(form), at or clock.now()
    if viewer is not None or by is not None:
        _check_person(declared, unit, viewer)
    _check_when(declared, period, as_of, moment.astimezone(clock.VIETNAM).date())
    parcel = Parcel(declared, unit, period, values, as_of, client_id, moment, expected_version + 1, source)
    known = _sent_before(parcel)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _put(parcel, expected_version, by)
    except IntegrityError:
        # Somebody else sent this version in the same instant.
        return _refuse_newer(latest(form, unit, period))


@transaction.atomic
def submit_many(parcels: Iterable[Parcel]) -> int:
    """Take in many returns of the machine at once; those already there stay as they are. Returns how many are new."""
    wanted = {parcel.client_id: parcel for parcel in parcels}
    there = set(Submission.objects.filter(client_id__in=wanted).values_list("client_id", flat=True))
    rows = [_row(parcel, None) for client_id, parcel in wanted.items() if client_id not in there]
    Submission.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    stored = list(
        Submission.objects.filter(client_id__in=[row.client_id for row in rows]).select_related("unit")
    )
    derive_findings(stored)
    record_many(line(by=None, verb="submit", obj=row, after=_told(row), unit=row.unit.code) for row in stored)
    return len(stored)


def _check_person(form: FormDef, unit: Unit, viewer: Viewer | None) -> None:
    if viewer is None:
        raise Refused("Tài khoản này không giữ chức vụ nào nên không gửi được biểu báo cáo.")
    check_can_submit(form, viewer, unit_id=unit.pk, unit_name=unit.name, is_asked=is_asked(form, unit))


def _check_when(form: FormDef, period: Period, as_of: date, day: date) -> None:
    """Refuse a period that the form is not asked for, one that has not begun, and a day that has not come."""
    if period.kind is not form.period or period < Period.parse(form.first_period):
        raise Refused(
            f"Biểu «{form.title}» không thu cho {period.label}; hãy chọn kỳ trong danh sách.", field="period"
        )
    if period.start > day:
        raise Refused(f"Chưa đến {period.label} nên chưa gửi được biểu cho kỳ này.", field="period")
    if as_of > day:
        raise Refused(f"Ngày số liệu {format_day(as_of)} chưa đến; hãy ghi ngày chốt số liệu.", field="as_of")
    if as_of < period.start:
        raise Refused(f"Ngày số liệu {format_day(as_of)} đứng trước {period.label}.", field="as_of")


def _sent_before(parcel: Parcel) -> Submission | None:
    """Return the row that an earlier try of the same sending left; refuses a number that another return bears."""
    row = Submission.objects.filter(client_id=parcel.client_id).select_related("unit").first()
    if row is None:
        return None
    if (row.form, row.unit_id, row.period) != (parcel.form.code, parcel.unit.pk, parcel.period.key):
        raise Refused(
            "Mã lần gửi này đã dùng cho một biểu khác; hãy tải lại trang rồi gửi lại.", field="client_id"
        )
    return row


def _put(parcel: Parcel, expected_version: int, by: Person | None) -> Submission:
    current = latest(parcel.form.code, parcel.unit, parcel.period)
    if (current.version if current else 0) != expected_version:
        _refuse_newer(current)
    row = _row(parcel, by)
    row.save(force_insert=True)
    derive_findings([row])
    before = _told(current) if current else None
    record(
        by=by,
        verb="submit",
        obj=row,
        before=before,
        after=_told(row),
        unit=parcel.unit.code,
        ground=row.source,
    )
    return row


def _row(parcel: Parcel, by: Person | None) -> Submission:
    """Build the row of a parcel; FormRefused where a box cannot be read."""
    return Submission(
        client_id=parcel.client_id,
        form=parcel.form.code,
        form_version=parcel.form.version,
        unit=parcel.unit,
        period_kind=parcel.period.kind,
        period_start=parcel.period.start,
        period=parcel.period.key,
        version=parcel.version,
        values=read_values(parcel.form, parcel.values),
        as_of=parcel.as_of,
        due_day=due_day(parcel.form.due, parcel.period, working_calendar(), born=parcel.unit.valid_from),
        submitted_by=by,
        submitted_at=parcel.at,
        submitted_day=parcel.at.astimezone(clock.VIETNAM).date(),
        source=parcel.source,
        synthetic=parcel.synthetic,
    )


def _told(row: Submission) -> dict[str, object]:
    """Return what the log keeps of a version."""
    return {
        "form": row.form,
        "period": row.period,
        "version": row.version,
        "as_of": row.as_of,
        "values": row.values,
    }


def _refuse_newer(current: Submission | None) -> Submission:
    """Refuse in a sentence that says who has sent what meanwhile."""
    if current is None:
        raise NewerVersion("Bản mà bạn sửa không còn; hãy tải lại trang rồi gửi lại.", current=0)
    at = current.submitted_at.astimezone(clock.VIETNAM)
    sender = current.submitted_by or "hệ thống"
    raise NewerVersion(
        f"Trong lúc bạn nhập, {sender} đã gửi bản {current.version} lúc {at:%H:%M} ngày {at:%d/%m/%Y}. "
        "Số liệu bạn vừa nhập vẫn còn trên trang: hãy xem bản mới, rồi gửi lại nếu cần đính chính.",
        current=current.version,
    )
