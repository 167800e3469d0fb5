"""The address that is counted: nobody talks their way into another one, and one server is not its whole city."""

from ipaddress import ip_network
from typing import Any

import pytest
from axes.helpers import get_client_ip_address
from django.test import RequestFactory

from namro.pages.callers import address_of
from namro.pages.citizens import limits as citizens

FRONT, CALLER = "10.0.0.7", "203.0.113.9"


def called(peer: str, handed_on: str = "") -> str:
    """Return the address of a caller."""
    more = {"headers": {"X-Forwarded-For": handed_on}} if handed_on else {}
    return address_of(RequestFactory().get("/", REMOTE_ADDR=peer, **more))


@pytest.fixture
def trusted(settings: Any) -> None:
    """Servers in front stand in 10.0.0.0/8."""
    settings.NAMRO_TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]


def test_nobody_is_trusted_unless_the_place_says_so() -> None:
    assert called(FRONT, CALLER) == FRONT


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("peer", "handed_on", "address"),
    [
        (FRONT, CALLER, CALLER),
        (FRONT, f"{CALLER}:51234", CALLER),
        (FRONT, "[2001:db8::5]:443", "2001:db8::5"),
        (FRONT, f"::ffff:{CALLER}", CALLER),
        (FRONT, f"{CALLER}, 10.1.1.1", CALLER),
        (FRONT, f"1.2.3.4, {CALLER}", CALLER),  # made up by the caller
        (FRONT, f"1.2.3.4, {CALLER}, 10.1.1.1", CALLER),
        ("198.51.100.1", "1.2.3.4", "198.51.100.1"),  # forged by one who is no server of ours
        ("198.51.100.1", "1.2.3.4, 10.0.0.7", "198.51.100.1"),
        (FRONT, "not an address", FRONT),
        (FRONT, f"{CALLER}, unknown", FRONT),
        (FRONT, "", FRONT),
        ("", CALLER, ""),
    ],
)
def test_what_is_handed_on_counts_as_far_as_trusted_servers_wrote_it(
    peer: str, handed_on: str, address: str
) -> None:
    assert called(peer, handed_on) == address


@pytest.mark.django_db
@pytest.mark.usefixtures("trusted")
def test_people_behind_one_server_are_counted_apart(settings: Any) -> None:
    settings.NAMRO_OUTSIDE_PER_ADDRESS = 1

    def asks(who: str) -> bool:
        request = RequestFactory().get("/", REMOTE_ADDR=FRONT, headers={"X-Forwarded-For": who})
        return citizens.is_too_often(request, "looked up")

    assert [asks(CALLER), asks("203.0.113.10"), asks(CALLER)] == [False, False, True]


@pytest.mark.django_db
@pytest.mark.usefixtures("trusted")
def test_the_door_counts_the_same_address() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=FRONT, headers={"X-Forwarded-For": f"1.2.3.4, {CALLER}"})
    assert get_client_ip_address(request) == CALLER
