"""Paying online behind one interface: where to send the person, and the gateway's signed word on what was paid.

The sandbox moves no money: its page is a page of our own that says so. Its word is signed as a real gateway's is, and
may come twice, late or forged.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

# Where the sandbox stands: a page of this very place.
SANDBOX_PAGE = "/cong-thanh-toan-thu/"
SANDBOX_SALT = "namro.outside.payments.sandbox"
ORDER_SECONDS = 24 * 60 * 60
SIGNATURE_HEADER = "X-Payment-Signature"


class Forged(Exception):
    """A word that the gateway did not say: not signed by it, or not to be read; for the log, never for a page."""


@dataclass(frozen=True)
class Order:
    """What is to be paid: our reference, đồng, a few words for the gateway's page, and where to come back to."""

    reference: str
    amount: int
    words: str
    back: str


@dataclass(frozen=True)
class Notice:
    """The gateway's word on an order: `number` is its own, the same however often it says so."""

    reference: str
    amount: int
    is_paid: bool
    number: str


class Gateway(Protocol):
    """Whoever takes the money."""

    name: str
    is_sandbox: bool

    def way_there(self, order: Order) -> str:
        """Return the address to send the browser to."""

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """Return what the gateway says; Forged when it is not the gateway who says it."""


class Sandbox:
    """A gateway that moves no money; its key comes from the place's own secret."""

    name = "Cổng thanh toán thử"
    is_sandbox = True

    def way_there(self, order: Order) -> str:
        """Return the sandbox's page with the order, signed so that nobody changes its sum on the way."""
        token = signing.dumps(asdict(order), salt=SANDBOX_SALT, compress=True)
        return f"{SANDBOX_PAGE}?{urlencode({'don': token})}"

    def order_of(self, token: str) -> Order:
        """Return the order of an address; Forged when it is not one that we made within a day."""
        try:
            return Order(**signing.loads(token, salt=SANDBOX_SALT, max_age=ORDER_SECONDS))
        except (signing.BadSignature, TypeError, ValueError) as fault:
            raise Forged("order") from fault

    def word_on(self, order: Order, *, is_paid: bool) -> tuple[bytes, dict[str, str]]:
        """Return what the sandbox says of an order: the body and the header that signs it."""
        said = Notice(order.reference, order.amount, is_paid, f"THU-{order.reference}")
        body = json.dumps(asdict(said), ensure_ascii=False).encode()
        return body, {SIGNATURE_HEADER: _signature(body)}

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """Return the sandbox's word when it is signed by the sandbox."""
        if not constant_time_compare(headers.get(SIGNATURE_HEADER, ""), _signature(body)):
            raise Forged("signature")
        return _read(body)


def gateway() -> Gateway | None:
    """Return the gateway of this place; None where fees are paid at the desk alone."""
    return Sandbox() if settings.NAMRO_PAYMENTS == "sandbox" else None


def _signature(body: bytes) -> str:
    return salted_hmac(SANDBOX_SALT, body, algorithm="sha256").hexdigest()


def _read(body: bytes) -> Notice:
    try:
        said: dict[str, Any] = json.loads(body)
        notice = Notice(**said)
    except (ValueError, TypeError) as fault:
        raise Forged("body") from fault
    if type(notice.amount) is not int or type(notice.is_paid) is not bool:
        raise Forged("body")
    return notice
