"""Calls to webhooks: signed by the Standard Webhooks way, to public addresses only, known by their id over there."""

import base64
import hashlib
import hmac
import time
from urllib.parse import SplitResult, urlsplit

import httpx
from django.conf import settings

from namro.outside.addresses import Address, addresses_of
from namro.outside.faults import Undelivered

LIMITS = httpx.Timeout(connect=5, read=10, write=10, pool=5)
GONE = 410


def call(*, url: str, key: str, secret: bytes, body: bytes) -> None:
    """Post a JSON body; the receiver counts by `key` and checks the signature. Undelivered unless answered 2xx."""
    parts = urlsplit(url)
    address = checked_address(url)
    stamp = str(
        int(time.time())
    )  # the receiver compares it with the world's clock, not with a demo's fixed day
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "namro",
        "Idempotency-Key": key,
        "webhook-id": key,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(secret, key, stamp, body),
    }
    _answered(_send(parts, address, headers, body))


def signature(secret: bytes, key: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over id, time and body: whoever replays an old call or changes one is found out."""
    signed = f"{key}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


def checked_address(url: str) -> str:
    """Return the address to connect to; Undelivered where calling it could reach our own network.

    The name is looked up once and that address is called, so that a second look-up cannot lead elsewhere.
    """
    parts = urlsplit(url)
    found = _addresses(parts)
    loopback = settings.DEMO and all(address.is_loopback for address in found)
    if parts.scheme != "https" and not (loopback and parts.scheme == "http"):
        raise Undelivered("Địa chỉ webhook phải dùng https", is_final=True)
    if not loopback and not all(_is_public(address) for address in found):
        raise Undelivered("Địa chỉ webhook trỏ vào mạng nội bộ nên không được gọi", is_final=True)
    return str(found[0])


def _addresses(parts: SplitResult) -> list[Address]:
    if not parts.hostname or parts.username or parts.password:
        raise Undelivered("Địa chỉ webhook không đúng dạng https://máy-chủ/đường-dẫn", is_final=True)
    try:
        return addresses_of(parts.hostname, parts.port or 443)
    except (OSError, ValueError):
        raise Undelivered("Không tìm thấy máy chủ của webhook") from None


def _is_public(address: Address) -> bool:
    return address.is_global and not address.is_multicast


def _send(parts: SplitResult, address: str, headers: dict[str, str], body: bytes) -> int:
    """Post to the address under the name of the host, follow nothing; the status of the answer."""
    host = f"[{address}]" if ":" in address else address
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    target = f"{parts.scheme}://{host}{port}{parts.path or '/'}{query}"
    try:
        # Proxies of the environment are not for us: they would look the name up again.
        with (
            httpx.Client(timeout=LIMITS, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST", target, content=body, headers=headers, extensions={"sni_hostname": parts.hostname}
            ) as answer,
        ):
            return answer.status_code  # what it says beyond that is not read
    except httpx.TimeoutException:
        raise Undelivered("Webhook không trả lời trong thời hạn") from None
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise Undelivered(f"Không gọi được webhook ({type(fault).__name__})") from None


def _answered(status: int) -> None:
    if not httpx.codes.is_success(status):
        raise Undelivered(f"Webhook trả lời {status}", is_final=status == GONE)
