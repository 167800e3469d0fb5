"""A webhook leads to public addresses by https, and nowhere into our own network."""

import socket
from typing import Any

import httpx
import pytest
from tests.delivery.receiver import Receiver

from namro.outside import webhook
from namro.outside.faults import Undelivered


def found_at(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name be found at these addresses."""
    rows = [(socket.AF_INET6 if ":" in each else socket.AF_INET, 1, 6, "", (each, 443)) for each in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
    ],
)  # fmt: skip
def test_our_own_network_is_never_called(monkeypatch, settings: Any, address: str) -> None:
    settings.DEMO = False
    found_at(monkeypatch, address)
    with pytest.raises(Undelivered, match="nội bộ") as refused:
        webhook.checked_address("https://webhook.example.org/nhan")
    assert refused.value.is_final


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch) -> None:
    found_at(monkeypatch, "93.184.216.34", "10.0.0.1")
    with pytest.raises(Undelivered, match="nội bộ"):
        webhook.checked_address("https://webhook.example.org/")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://webhook.example.org/", "https"),
        ("ftp://webhook.example.org/", "https"),
        ("file:///etc/passwd", "đúng dạng"),
        ("https://ai:mat-khau@webhook.example.org/", "đúng dạng"),
        ("https:///khong-co-may", "đúng dạng"),
        ("https://webhook.example.org:chu/", "Không tìm thấy"),
    ],
)
def test_a_strange_address_is_refused_in_a_sentence(monkeypatch, url: str, words: str) -> None:
    found_at(monkeypatch, "93.184.216.34")
    with pytest.raises(Undelivered, match=words):
        webhook.checked_address(url)


def test_the_demo_may_call_this_machine_and_no_other(settings: Any, monkeypatch) -> None:
    settings.DEMO = True
    assert webhook.checked_address("http://127.0.0.1:8099/") == "127.0.0.1"
    settings.DEMO = False
    with pytest.raises(Undelivered):
        webhook.checked_address("http://127.0.0.1:8099/")
    settings.DEMO = True
    found_at(monkeypatch, "192.168.1.1")
    with pytest.raises(Undelivered):
        webhook.checked_address("http://192.168.1.1/")


def test_the_name_is_looked_up_once_and_that_address_is_called(monkeypatch) -> None:
    with Receiver() as receiver:
        real, asked = socket.getaddrinfo, []

        def once(host: Any, *more: Any, **named: Any) -> Any:
            asked.append(host)
            return real("127.0.0.1" if host == "webhook.example.org" else host, *more, **named)

        monkeypatch.setattr(socket, "getaddrinfo", once)
        url = receiver.url.replace("127.0.0.1", "webhook.example.org")
        webhook.call(url=url, key="k", secret=b"s", body=b"{}")
        assert asked.count("webhook.example.org") == 1
        assert receiver.calls[0].headers["host"].startswith("webhook.example.org")


@pytest.mark.parametrize(("answer", "is_final"), [(302, False), (404, False), (410, True), (500, False)])
def test_only_2xx_is_an_arrival_and_no_one_is_followed_elsewhere(answer: int, is_final: bool) -> None:
    with Receiver() as receiver:
        receiver.answers = [answer]
        with pytest.raises(Undelivered, match=str(answer)) as fault:
            webhook.call(url=receiver.url, key="k", secret=b"s", body=b"{}")
        assert fault.value.is_final is is_final
        assert len(receiver.calls) == 1


def test_who_hangs_is_not_waited_for(monkeypatch) -> None:
    monkeypatch.setattr(webhook, "LIMITS", httpx.Timeout(0.3))
    with Receiver() as receiver:
        receiver.answers = ["hang"]
        with pytest.raises(Undelivered, match="thời hạn"):
            webhook.call(url=receiver.url, key="k", secret=b"s", body=b"{}")


def test_a_call_that_was_changed_or_is_replayed_later_bears_another_signature() -> None:
    signed = webhook.signature(b"s", "k", "1", b"{}")
    others = [
        (b"t", "k", "1", b"{}"),
        (b"s", "l", "1", b"{}"),
        (b"s", "k", "2", b"{}"),
        (b"s", "k", "1", b"[]"),
    ]
    assert signed not in [webhook.signature(*each) for each in others]
