"""The roster: put somebody on duty, hand a duty over with a day, take one back. What was stood is never changed."""

from datetime import date, timedelta
from uuid import UUID

from namro.alerts.models import Duty
from namro.alerts.rules import check_duty, check_roster, shift_day
from namro.alerts.terms import Shift
from namro.audit.actions import once, record
from namro.ground import clock
from namro.ground.days import format_day
from namro.organisation.models import Person, Unit
from namro.organisation.queries import people_of
from namro.organisation.terms import Refused, Viewer

DAY = timedelta(days=1)


@once
def put_on_duty(
    *, unit: Unit, person: Person, first: date, last: date, shift: Shift, group: str = "", note: str = "",
    client_id: UUID, by: Person, viewer: Viewer,
) -> Duty:  # fmt: skip
    """Put a person of the unit on duty from a day to a day, for all service groups or for one."""
    if known := Duty.objects.filter(client_id=client_id).first():
        return known
    check_roster(viewer, unit.pk)
    check_duty(first, last, clock.today())
    _check_person(unit, person, field="person")
    duty = Duty.objects.create(
        client_id=client_id, unit=unit, group=group, person=person, first=first, last=last, shift=shift, note=note,
        set_by=by, set_at=clock.now(),
    )  # fmt: skip
    after = {"person": person, "first": first, "last": last, "shift": shift, "group": group}
    record(by=by, verb="put_on_duty", obj=duty, after=after, unit=unit.code, ground=note)
    return duty


@once
def hand_over_duty(
    duty_id: int, *, to: Person, day: date, note: str, client_id: UUID, by: Person, viewer: Viewer
) -> Duty:
    """Hand a duty over: from the day on another stands it to its end, who had it no longer."""
    if known := Duty.objects.filter(client_id=client_id).first():
        return known
    duty = _held(duty_id, viewer)
    _check_hand_over(duty, to, day)
    taken = Duty.objects.create(
        client_id=client_id, unit=duty.unit, group=duty.group, person=to, first=max(day, duty.first), last=duty.last,
        shift=duty.shift, note=note, taken_from=duty, set_by=by, set_at=clock.now(),
    )  # fmt: skip
    _cut(duty, day, by=by, verb="hand_over_duty", ground=note, to=to)
    return taken


@once
def end_duty(duty_id: int, *, client_id: UUID, by: Person, viewer: Viewer) -> None:
    """Take a duty back from today on; twice is as once."""
    duty = Duty.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=duty_id)
    check_roster(viewer, duty.unit_id)
    today = _stood_now(duty)
    if not duty.is_ended and duty.last >= today:
        _cut(duty, today, by=by, verb="end_duty", ground="")


def _held(duty_id: int, viewer: Viewer) -> Duty:
    duty = Duty.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=duty_id)
    check_roster(viewer, duty.unit_id)
    if duty.is_ended or duty.last < _stood_now(duty):
        raise Refused("Ca trực này đã kết thúc; hãy tải lại trang.")
    return duty


def _check_hand_over(duty: Duty, to: Person, day: date) -> None:
    if to.pk == duty.person_id:
        raise Refused(f"{to.full_name} đang giữ ca trực này; hãy chọn người khác.", field="to")
    soonest = max(duty.first, _stood_now(duty))
    if not soonest <= day <= duty.last:
        span = f"{format_day(soonest)} đến {format_day(duty.last)}"
        raise Refused(f"Ngày bàn giao phải nằm trong ca trực, từ {span}.", field="day")
    _check_person(duty.unit, to, field="to")


def _stood_now(duty: Duty) -> date:
    """The day from which on a duty can be changed: a night that began yesterday is still stood in the morning."""
    return shift_day(Shift(duty.shift), clock.now())


def _check_person(unit: Unit, person: Person, *, field: str) -> None:
    if not people_of({unit.pk}, clock.today()).filter(pk=person.pk).exists():
        raise Refused(f"{person.full_name} không giữ chức vụ nào ở {unit.label}.", field=field)


def _cut(duty: Duty, day: date, *, by: Person, verb: str, ground: str, to: Person | None = None) -> None:
    """Let a duty end the day before; one that has not begun by then never begins."""
    before = {"person": duty.person, "first": duty.first, "last": duty.last}
    if day <= duty.first:
        duty.is_ended = True
    else:
        duty.last = day - DAY
    duty.save(update_fields=["last", "is_ended"])
    after = {"last": duty.last, "is_ended": duty.is_ended, "to": to}
    record(by=by, verb=verb, obj=duty, before=before, after=after, unit=duty.unit.code, ground=ground)
