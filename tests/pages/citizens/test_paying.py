"""Paying: the gateway's signed word counts, once, twice or late; nobody else's does, and no browser's."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from tests.dossiers.conftest import Hall
from tests.pages.citizens.conftest import Enter

from namro.dossiers import actions
from namro.dossiers.models import Dossier, Payment
from namro.ground.numbers import format_money
from namro.outside.payments import SIGNATURE_HEADER, Order, Sandbox

NOTICE = "/thanh-toan/bao/"


@pytest.fixture
def owing(hall: Hall) -> Dossier:
    """A dossier for which the clerk has asked a fee."""
    row = hall.received()
    Dossier.objects.filter(pk=row.pk).update(fee=None)
    return actions.ask_fee(row.pk, amount=50_000, **hall.by("clerk")).dossier


def sent_to_pay(client: Client, row: Dossier, number: str = "") -> str:
    """The address of the gateway's page for an order."""
    there = client.post(f"/ho-so-cua-toi/{row.code}/tra-phi/", {"client_id": number or str(uuid4())})
    assert there.headers["Location"].startswith("/cong-thanh-toan-thu/?don=")
    return there.headers["Location"]


def test_paid_once_and_said_twice(owing: Dossier, come_in: Enter) -> None:
    client, number = come_in(), str(uuid4())
    gateway = sent_to_pay(client, owing, number)
    assert sent_to_pay(client, owing, number) and Payment.objects.count() == 1
    text = client.get(gateway).content.decode()
    assert "Không có tiền nào được chuyển" in text and format_money(50_000) in text
    back = client.post(gateway, {"deed": "twice"}).headers["Location"]
    assert client.get(back).headers["Location"] == f"/ho-so-cua-toi/{owing.code}/"
    owing.refresh_from_db()
    assert owing.paid_online and owing.fee_paid_at is not None
    assert Payment.objects.get().state == "paid"
    assert "Đã nhận được phí" in client.get(f"/ho-so-cua-toi/{owing.code}/").content.decode()


def test_the_browsers_word_counts_for_nothing_until_the_gateway_speaks(
    owing: Dossier, come_in: Enter
) -> None:
    client = come_in()
    back = client.post(sent_to_pay(client, owing), {"deed": "late"}).headers["Location"]
    client.get(back)
    assert "chưa báo về" in client.get(f"/ho-so-cua-toi/{owing.code}/").content.decode()
    payment = Payment.objects.get()
    order = Order(payment.reference, payment.amount, "", back)
    body, headers = Sandbox().word_on(order, is_paid=True)
    late = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = late.post(NOTICE, body, content_type="application/json", headers=headers)
        assert answer.json() == {"heard": True, "state": "paid"}


def test_a_forged_word_is_not_heard(owing: Dossier, come_in: Enter) -> None:
    client = come_in()
    client.post(sent_to_pay(client, owing), {"deed": "forge"})
    assert Payment.objects.get().state == "asked"
    said = {"reference": Payment.objects.get().reference, "amount": 50_000, "is_paid": True, "number": "1"}
    for headers in ({}, {SIGNATURE_HEADER: "0" * 64}):
        answer = client.post(NOTICE, json.dumps(said), content_type="application/json", headers=headers)
        assert answer.status_code == 401
    body, headers = Sandbox().word_on(Order("NRKHONGCO", 1, "", ""), is_paid=True)
    assert client.post(NOTICE, body, content_type="application/json", headers=headers).status_code == 404
    assert Payment.objects.get().state == "asked"


def test_paid_at_two_places_is_owed_back(owing: Dossier, come_in: Enter) -> None:
    client = come_in()
    first, second = sent_to_pay(client, owing), sent_to_pay(client, owing)
    client.post(first, {"deed": "pay"})
    back = client.post(second, {"deed": "pay"}).headers["Location"]
    client.get(back)
    assert "Khoản thừa" in client.get(f"/ho-so-cua-toi/{owing.code}/").content.decode()
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["paid", "to_pay_back"]
    refused = client.post(f"/ho-so-cua-toi/{owing.code}/tra-phi/", {"client_id": str(uuid4())})
    assert refused.headers["Location"] == f"/ho-so-cua-toi/{owing.code}/"


def test_what_could_not_be_paid_may_be_tried_again(owing: Dossier, come_in: Enter) -> None:
    client = come_in()
    client.get(client.post(sent_to_pay(client, owing), {"deed": "fail"}).headers["Location"])
    text = client.get(f"/ho-so-cua-toi/{owing.code}/").content.decode()
    assert "không thành công" in text and "Trả trực tuyến (cổng thử)" in text


def test_an_order_that_nobody_made_is_not_there(hall: Hall) -> None:
    for token in ("", "x", "a:b:c"):
        assert Client().get(f"/cong-thanh-toan-thu/?don={token}").status_code == 404


def test_without_a_gateway_one_pays_at_the_desk(owing: Dossier, come_in: Enter, settings) -> None:  # type: ignore[no-untyped-def]
    settings.NAMRO_PAYMENTS = ""
    client = come_in()
    assert "hãy nộp tại quầy" in client.get(f"/ho-so-cua-toi/{owing.code}/").content.decode()
    assert client.post(NOTICE).status_code == 404


def test_a_fee_is_paid_from_the_receipt_and_the_draft_promises_no_gateway_that_is_not_there(
    owing: Dossier, come_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, receipt = come_in(), f"/ho-so-cua-toi/{owing.code}/phieu/"
    pay = f"/ho-so-cua-toi/{owing.code}/tra-phi/"
    assert pay in client.get(receipt).content.decode()
    where = {"unit": "hoa khanh", "phone": "0905 000 111", "client_id": str(uuid4())}
    monkeypatch.setattr("namro.pages.citizens.filing.fee_of", lambda record, channel: 50_000)
    draft = client.post("/nop-ho-so/1.000003/", where).headers["Location"]
    assert "trả trực tuyến ngay sau khi nộp" in client.get(draft).content.decode()
    monkeypatch.setattr("namro.outside.payments.gateway", lambda: None)
    told = client.get(draft).content.decode()
    assert "trả trực tuyến ngay" not in told and "nộp tại quầy; nơi này chưa nối cổng" in told
    assert pay not in client.get(receipt).content.decode()
