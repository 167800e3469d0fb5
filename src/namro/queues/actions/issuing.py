"""Taking a number: at the kiosk, on a phone, at the counter, also while the line to the city is cut."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.crypto import constant_time_compare, salted_hmac

from namro.audit.actions import once
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.queues.actions.moments import check_of_today, leave_moment, moment_of
from namro.queues.models import Appointment, Office, Service, Ticket
from namro.queues.queries.forecast import Forecast, calibration_of, forecast, standing
from namro.queues.rules.booking import check_issue, minute_of
from namro.queues.rules.order import not_in_future, turn_of
from namro.queues.terms import Booking, Channel, State, Verb

CODE_LETTERS = 8


@dataclass(frozen=True)
class Wanted:
    """What somebody takes a number for; `number` is given by a counter whose line is cut, empty otherwise."""

    service: str = ""
    priority: str = ""
    channel: Channel = Channel.KIOSK
    appointment: str = ""
    dossier_code: str = ""
    number: str = ""
    ago: timedelta = timedelta(0)


def code_of_day(office: Office) -> str:
    """Return the code that hangs in the hall today as a QR: a number is for whoever is there."""
    made = salted_hmac("namro.queues.hall", f"{office.key}{clock.today().isoformat()}", algorithm="sha256")
    return made.hexdigest()[:CODE_LETTERS]


def holds_code(office: Office, said: str) -> bool:
    """Whether what was shown is the code of today, or the office's own key, which its kiosk shows."""
    return any(
        constant_time_compare(said.encode(), known.encode()) for known in (code_of_day(office), office.key)
    )


@once
def issue_ticket(office_id: int, wanted: Wanted, *, client_id: UUID, by: Person | None = None) -> Ticket:
    """Give a number of the day on which the person came, with its turn and the wait that is told; the same client id
    is the same number. Refused in a sentence when the day is over, the hall is full, or the appointment is none of
    today's."""
    office = Office.objects.select_for_update(of=("self",)).select_related("unit").get(pk=office_id)
    known = Ticket.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    booked = _booked(office, wanted.appointment)
    service = booked.service if booked else _service(office, wanted.service)
    arrived = moment_of(wanted.ago)
    if not wanted.number:
        check_of_today(arrived)
    _mend_clock(office, clock.now())
    turn = _turn(office, arrived, wanted.priority, booked)
    told = _told(office, service, turn, offline=bool(wanted.number))
    ticket = _store(office, service, wanted, client_id, booked, arrived, turn, told)
    if booked:
        Appointment.objects.filter(pk=booked.pk).update(state=Booking.CAME)
    leave_moment(ticket, Verb.ISSUE, mark=None, at=arrived, by=by, detail={"channel": ticket.channel})
    return ticket


def _service(office: Office, code: str) -> Service:
    found = office.services.filter(code=code, is_offered=True).first()
    if found is None:
        raise Refused("Hãy chọn một nhóm việc trong danh sách.", field="service")
    return found


def _booked(office: Office, code: str) -> Appointment | None:
    """Return the appointment of a code, which must be of this office and of today and not used; None for no code.

    It is locked: whoever gives it back in the same instant comes before or after, never between.
    """
    if not code:
        return None
    found = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("service")
        .filter(office=office, code=code.strip().upper()[:10])
        .first()
    )
    if found is None or found.state == Booking.CANCELLED:
        raise Refused(
            f"Không có lịch hẹn mã «{code[:10]}»; hãy xem lại mã hoặc lấy số thường.", field="appointment"
        )
    if found.day != clock.today():
        raise Refused(
            f"Lịch hẹn {found.code} là của ngày {found.day:%d/%m/%Y}, không phải hôm nay.",
            field="appointment",
        )
    if found.state == Booking.CAME:
        raise Refused(f"Lịch hẹn {found.code} đã được lấy số rồi.", field="appointment")
    return found


def _turn(office: Office, arrived: datetime, priority: str, booked: Appointment | None) -> float:
    slot = float(booked.slot) if booked else None
    at = minute_of(arrived.astimezone(clock.VIETNAM).timetz())
    return turn_of(at, office.turns, priority=priority, slot=slot)


def _mend_clock(office: Office, now: datetime) -> None:
    """Nobody came later than now: if the clock was put back, those who wait came now, in the order of their numbers."""
    ahead = Ticket.objects.filter(office=office, day=now.date(), state=State.WAITING, issued_at__gt=now)
    present = minute_of(now.timetz())
    for ticket in ahead.select_related("appointment"):
        stamp = minute_of(ticket.issued_at.astimezone(clock.VIETNAM).timetz())
        slot = float(ticket.appointment.slot) if ticket.appointment else None
        ticket.turn = turn_of(
            not_in_future(stamp, present), office.turns, priority=ticket.priority, slot=slot
        )
        ticket.issued_at = now
        ticket.save(update_fields=["turn", "issued_at"])


def _told(office: Office, service: Service, turn: float, *, offline: bool) -> Forecast:
    hall = standing(office, clock.today())
    if not offline:
        check_issue(
            now=minute_of(clock.now().timetz()), halves=office.halves, waiting=len(hall.waiting),
            open_counters=sum(each.is_open for each in hall.counters), most_waiting=office.most_waiting,
        )  # fmt: skip
    return forecast(hall, calibration_of(office), service, turn)


def _store(
    office: Office, service: Service, wanted: Wanted, client_id: UUID, booked: Appointment | None, arrived: datetime,
    turn: float, told: Forecast,
) -> Ticket:  # fmt: skip
    day = arrived.astimezone(clock.VIETNAM).date()
    of_day = Ticket.objects.filter(office=office, day=day)
    priority = wanted.priority if wanted.priority in {each.code for each in office.classes} else ""
    return Ticket.objects.create(
        client_id=client_id, key=secrets.token_urlsafe(12), office=office, service=service, day=day,
        number=_number(office, service, wanted.number, day),
        serial=(of_day.aggregate(last=Max("serial"))["last"] or 0) + 1, priority=priority, channel=wanted.channel,
        appointment=booked, dossier_code=wanted.dossier_code[:40], issued_at=arrived, turn=turn,
        expected=told.expected, told_low=told.told.low, told_high=told.told.high,
        is_calibrated=told.told.is_calibrated and not wanted.number,  # without a line nobody was told a wait
    )  # fmt: skip


def _number(office: Office, service: Service, given: str, day: date) -> str:
    """Return the next number of the service's letter; one given at a counter without a line must be free."""
    of_day = Ticket.objects.filter(office=office, day=day)
    if given:
        if of_day.filter(number=given).exists():
            raise Refused(f"Số {given} đã có người dùng hôm nay; hãy lấy số mới cho người này.")
        return given[:8]
    return f"{service.letter}{of_day.filter(number__startswith=service.letter).count() + 1:03d}"
