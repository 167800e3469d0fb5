"""What came beside a fee is found in the list, given back by a press, and told as given back."""

from uuid import uuid4

from tests.dossiers.conftest import Hall
from tests.pages.dossiers.conftest import Seat

from namro.dossiers import actions
from namro.dossiers.terms import PaymentState
from namro.outside.payments import Notice


def test_what_is_owed_back_is_found_and_paid_back(hall: Hall, seat: Seat) -> None:
    row = actions.ask_fee(hall.received().pk, amount=50_000, **hall.by("clerk")).dossier
    order = actions.begin_payment(row.pk, **hall.by("citizen"))
    actions.hear_payment(Notice(order.reference, 5_000, is_paid=True, number="N1"), gateway="thử")
    clerk, page = seat("clerk"), f"/mot-cua/ho-so/{row.code}/"
    assert page in clerk.get("/mot-cua/?nhom=to_pay_back").content.decode()
    text = clerk.get(page).content.decode()
    assert "5.000" in text and "Hoàn khoản thừa" in text
    said = {"client_id": str(uuid4()), "version": ""}
    for _ in range(2):
        assert clerk.post(f"{page}lam/hoan-phi/", said).headers["Location"] == page
    assert row.payments.get().state == PaymentState.PAID_BACK
    assert page not in clerk.get("/mot-cua/?nhom=to_pay_back").content.decode()
    assert "Hoàn khoản thừa" not in clerk.get(page).content.decode()
