"""The gateway's word: signed, the same however often it is said, and nobody else's."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from namro.outside import payments
from namro.outside.payments import SIGNATURE_HEADER, Forged, Order, Sandbox

ORDER = Order("H17.20200-250709-0001-1", 50_000, "Phí hồ sơ", "https://example.org/ve/")


def sent(order: Order = ORDER) -> str:
    """The order's token in the address of the sandbox."""
    return parse_qs(urlsplit(Sandbox().way_there(order)).query)["don"][0]


def test_the_order_comes_to_the_gateway_as_it_was_made() -> None:
    assert Sandbox().order_of(sent()) == ORDER


def test_an_order_with_another_sum_is_refused() -> None:
    ours, theirs = sent().split(":"), sent(replace(ORDER, amount=1)).split(":")
    with pytest.raises(Forged):
        Sandbox().order_of(":".join([theirs[0], *ours[1:]]))


@pytest.mark.parametrize("is_paid", [True, False])
def test_the_word_is_heard_and_is_the_same_twice(is_paid: bool) -> None:
    first, second = (Sandbox().heard(*Sandbox().word_on(ORDER, is_paid=is_paid)) for _ in range(2))
    assert first == second
    assert (first.reference, first.amount, first.is_paid) == (ORDER.reference, 50_000, is_paid)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", json.dumps({"reference": "x"}).encode()])
def test_a_word_that_is_not_signed_is_not_heard(body: bytes) -> None:
    for headers in ({}, {SIGNATURE_HEADER: "00"}):
        with pytest.raises(Forged):
            Sandbox().heard(body, headers)


def test_a_changed_word_is_not_heard() -> None:
    body, headers = Sandbox().word_on(ORDER, is_paid=False)
    with pytest.raises(Forged):
        Sandbox().heard(body.replace(b"false", b"true"), headers)


def test_a_signed_word_that_cannot_be_read_is_forged_too() -> None:
    for said in ({"reference": "x"}, {"reference": "x", "amount": "1", "is_paid": True, "number": "1"}):
        body = json.dumps(said).encode()
        with pytest.raises(Forged, match="body"):
            Sandbox().heard(body, {SIGNATURE_HEADER: payments._signature(body)})


def test_a_place_without_a_gateway_has_none(settings: Any) -> None:
    settings.NAMRO_PAYMENTS = ""
    assert payments.gateway() is None
    settings.NAMRO_PAYMENTS = "sandbox"
    found = payments.gateway()
    assert found is not None and found.is_sandbox
