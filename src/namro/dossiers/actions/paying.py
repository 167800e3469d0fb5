"""Fees: said by the clerk where the text is not sure, paid at the desk or by the gateway; paid twice is owed back."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from namro.audit.actions import once
from namro.dossiers.actions.act import Act, Done, Hand, check_act, lock, moment_for, perform, write
from namro.dossiers.models import Dossier, Payment
from namro.dossiers.rules import payment_after
from namro.dossiers.terms import PaymentState, Verb
from namro.ground.numbers import format_money
from namro.organisation.terms import Refused
from namro.outside.payments import Notice

MOST_FEE = 10**10


@once
def ask_fee(dossier_id: int, *, amount: int, hand: Hand, client_id: UUID, version: int | None = None) -> Done:
    """Say what is to be paid for a dossier, in đồng."""
    if not 0 <= amount <= MOST_FEE:
        raise Refused(f"Mức phí phải từ 0 đến {format_money(MOST_FEE)}.", field="amount")
    act = Act(Verb.ASK_FEE, hand, client_id, version, {"amount": amount})
    return perform(dossier_id, act, partial(_asked, amount))


def _asked(amount: int, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    if dossier.fee_paid_at is not None:
        raise Refused("Phí của hồ sơ này đã được thanh toán.", field="amount")
    return {"fee": amount}


@once
def take_fee(dossier_id: int, *, hand: Hand, client_id: UUID) -> Done:
    """Take the fee at the desk, in cash or by transfer there."""
    act = Act(Verb.TAKE_FEE, hand, client_id)
    return perform(dossier_id, act, partial(_taken, client_id))


def _taken(client_id: UUID, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    Payment.objects.create(
        dossier=dossier, client_id=client_id, reference=_reference(client_id), amount=owed(dossier),
        state=PaymentState.PAID, at=at, heard_at=at,
    )  # fmt: skip
    return {"fee_paid_at": at, "paid_online": False}


@once
def begin_payment(dossier_id: int, *, hand: Hand, client_id: UUID) -> Payment:
    """Put an order down before anybody is sent to the gateway; the same number again is the same order, while it is
    still to be paid."""
    act = Act(Verb.BEGIN_PAYMENT, hand, client_id, detail={"reference": _reference(client_id)})
    dossier = lock(dossier_id, hand)
    check_act(dossier, act)
    known = Payment.objects.filter(client_id=client_id).first()
    if known is not None:
        return _still_open(known, dossier)
    at = moment_for(dossier)
    payment = Payment.objects.create(
        dossier=dossier, client_id=client_id, reference=_reference(client_id), amount=owed(dossier), at=at
    )
    write(dossier, act, at, {})
    return payment


def _still_open(known: Payment, dossier: Dossier) -> Payment:
    """The order that was put down before; refuses one that is over: nobody is sent to pay what is not owed."""
    if known.dossier_id != dossier.pk:
        raise Refused("Lần gửi này đã được dùng cho hồ sơ khác; hãy tải lại trang.")
    if known.amount != owed(dossier):
        raise Refused("Mức phí đã đổi từ khi bạn mở trang; hãy tải lại trang rồi nộp.")
    return known


@transaction.atomic
def hear_payment(notice: Notice, *, gateway: str) -> Payment:
    """Take in what the gateway says of an order, as often as it says so. Money for a fee that was paid already, or of
    another sum, is kept as owed back."""
    payment = Payment.objects.filter(reference=notice.reference).first()
    if payment is None:
        raise Refused("Không có lệnh thanh toán này; hãy đối soát với cổng thanh toán.")
    dossier = lock(payment.dossier_id, Hand.of_machine())
    payment.refresh_from_db()
    if _comes_again(payment, notice):
        return _further(dossier, payment, notice, gateway)
    others = dossier.payments.filter(state=PaymentState.PAID).exclude(pk=payment.pk).exists()
    state = payment_after(
        payment.state,
        is_paid=notice.is_paid,
        is_sum_right=notice.amount == payment.amount == dossier.fee,
        others_paid=others,
    )
    if state != payment.state:
        _heard(dossier, payment, notice, state, gateway)
    return payment


def _comes_again(payment: Payment, notice: Notice) -> bool:
    """Whether money came a second time for an order: another number of the gateway's than the one that was heard."""
    is_settled = payment.state not in (PaymentState.ASKED, PaymentState.FAILED)
    return notice.is_paid and is_settled and payment.gateway_number != notice.number[:80]


def _further(dossier: Dossier, payment: Payment, notice: Notice, gateway: str) -> Payment:
    """Keep what came again as a row of its own that is owed back; said twice, the same row."""
    client_id = uuid5(payment.client_id, notice.number)
    known = Payment.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    count = Payment.objects.filter(reference__startswith=f"{payment.reference}.").count()
    further = Payment.objects.create(
        dossier=dossier, client_id=client_id, reference=f"{payment.reference}.{count + 2}", amount=payment.amount,
        at=moment_for(dossier),
    )  # fmt: skip
    _heard(dossier, further, notice, PaymentState.TO_PAY_BACK, gateway)
    return further


@once
def pay_back(dossier_id: int, *, hand: Hand, client_id: UUID) -> Done:
    """Put on record that what came beside the fee was given back, all of it."""
    dossier = lock(dossier_id, hand)
    due = list(dossier.payments.filter(state=PaymentState.TO_PAY_BACK))
    told = {"references": [each.reference for each in due], "amount": sum(each.came for each in due)}
    act = Act(Verb.PAY_BACK, hand, client_id, detail=told)
    return perform(dossier_id, act, partial(_paid_back, [each.pk for each in due]))


def _paid_back(due: list[int], dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    if not due:
        raise Refused("Không có khoản nào phải hoàn lại cho hồ sơ này; hãy tải lại trang.")
    Payment.objects.filter(pk__in=due).update(state=PaymentState.PAID_BACK)
    return {}


def _heard(dossier: Dossier, payment: Payment, notice: Notice, state: PaymentState, gateway: str) -> None:
    at = moment_for(dossier)
    payment.state, payment.gateway = state, gateway
    payment.gateway_number, payment.heard_at = notice.number[:80], at
    payment.received = notice.amount if notice.is_paid and notice.amount != payment.amount else None
    payment.save(update_fields=["state", "gateway", "gateway_number", "heard_at", "received"])
    told = {"reference": payment.reference, "state": state, "amount": notice.amount}
    act = Act(Verb.HEAR_PAYMENT, Hand.of_machine(), None, detail=told)
    write(dossier, act, at, {"fee_paid_at": at, "paid_online": True} if state == PaymentState.PAID else {})


def owed(dossier: Dossier) -> int:
    """Đồng that are to be paid; refuses where nothing is, or no longer."""
    if dossier.fee_paid_at is not None:
        raise Refused("Phí của hồ sơ này đã được thanh toán; không phải nộp lần nữa.")
    if dossier.fee is None:
        raise Refused("Chưa rõ mức phí của hồ sơ này; cán bộ một cửa sẽ báo khi tiếp nhận.")
    if dossier.fee == 0:
        raise Refused("Hồ sơ này không phải nộp phí, lệ phí.")
    return dossier.fee


def _reference(client_id: UUID) -> str:
    """Our number of an order, as the gateway takes it: letters and digits."""
    return f"NR{client_id.hex[:24].upper()}"
