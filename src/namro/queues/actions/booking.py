"""Booking a slot, and giving it back."""

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from namro.audit.actions import once, record, take_turn
from namro.ground import clock
from namro.organisation.terms import Refused
from namro.queues.models import Appointment, Service
from namro.queues.queries.appointments import offered_days
from namro.queues.rules.booking import check_place, check_slot, minute_of, slots_of
from namro.queues.terms import Booking

# Read over a telephone without doubt: no I, O, 0, 1.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
PHONE_DIGITS = range(9, 12)


@dataclass(frozen=True)
class Asked:
    """The slot somebody wants: a service, a day, the minute it begins, a telephone number, a dossier perhaps."""

    service_id: int
    day: date
    slot: int
    phone: str
    dossier_code: str = ""


@once
def book(asked: Asked, *, client_id: UUID) -> Appointment:
    """Take a slot; the same client id is the same appointment, and refused for another one. Refused when it is full,
    has passed or is none, and when the number has an appointment at the office that day already."""
    digits = phone_digits(asked.phone)
    known = Appointment.objects.filter(client_id=client_id).first()
    if known is not None:
        check_same(known, asked, digits)
        return known
    service = Service.objects.select_related("office__unit").get(pk=asked.service_id, is_offered=True)
    check_slot(
        asked.slot, asked.day, offered=offered_days(service.office), today=clock.today(),
        slots=slots_of(service.office.halves, service.office.slot_minutes), now=minute_of(clock.now().timetz()),
    )  # fmt: skip
    take_turn(f"appointments/{service.office_id}/{asked.day}")
    of_day = Appointment.objects.filter(office=service.office, day=asked.day).exclude(state=Booking.CANCELLED)
    check_place(of_day.filter(service=service, slot=asked.slot).count(), service.places, asked.slot)
    digest = digest_of(digits)
    if of_day.filter(phone_digest=digest).exists():
        raise Refused(
            "Số điện thoại này đã có lịch hẹn trong ngày; hãy hủy lịch cũ nếu muốn đổi giờ.", field="phone"
        )
    made = Appointment.objects.create(
        client_id=client_id, code=_new_code(), office=service.office, service=service, day=asked.day, slot=asked.slot,
        phone_digest=digest, phone_tail=digits[-3:], dossier_code=asked.dossier_code[:40], made_at=clock.now(),
    )  # fmt: skip
    record(by=None, verb="book_appointment", obj=made, unit=service.office.unit.code,
           after={"day": made.day, "slot": made.slot, "service": service.code})  # fmt: skip
    return made


def check_same(known: Appointment, asked: Asked, digits: str) -> None:
    """Refuse what was sent under the number of another appointment."""
    told = (asked.service_id, asked.day, asked.slot, digest_of(digits))
    if told != (known.service_id, known.day, known.slot, known.phone_digest):
        raise Refused("Lần gửi này đã đặt một lịch hẹn khác; hãy mở lại trang đặt lịch rồi đặt lại.")


@transaction.atomic
def cancel(code: str) -> Appointment:
    """Give a slot back, by whoever holds its code; twice is as once. Refused when a number was taken with it."""
    found = Appointment.objects.select_for_update(of=("self",)).select_related("office__unit").get(code=code)
    if found.state == Booking.CAME:
        raise Refused(f"Lịch hẹn {found.code} đã được lấy số; hãy bỏ số trên trang của phiếu.")
    if found.state == Booking.BOOKED:
        found.state = Booking.CANCELLED
        found.save(update_fields=["state"])
        record(by=None, verb="cancel_appointment", obj=found, unit=found.office.unit.code)
    return found


def phone_digits(text: str) -> str:
    """Return the digits of a telephone number, +84 as 0; Refused where it is none."""
    digits = "".join(letter for letter in text if letter in "0123456789")
    if text.strip().startswith("+84") or (digits.startswith("84") and len(digits) == 11):
        digits = "0" + digits[2:]
    if len(digits) not in PHONE_DIGITS or not digits.startswith("0"):
        raise Refused("Số điện thoại phải có 9 đến 11 chữ số, bắt đầu bằng 0.", field="phone")
    return digits


def digest_of(digits: str) -> str:
    """Return what is kept of a telephone number: enough to know it again, not to read it."""
    return salted_hmac("namro.queues.phone", digits, algorithm="sha256").hexdigest()


def _new_code() -> str:
    """Return a code that no appointment bears."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if not Appointment.objects.filter(code=code).exists():
            return code
