"""Coming in by the city's own accounts, against a provider on loopback that signs and checks for real."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from tests.builders import World
from tests.pages.entry.provider import CLIENT_ID, SECRET, Provider, running
from tests.pages.reading import text_of

from namro.access.models import Identity, Visit
from namro.organisation.models import Person
from namro.organisation.terms import Role


@pytest.fixture(scope="module")
def house() -> Iterator[Provider]:
    """One provider for all tests of this file: its key takes a moment to make."""
    with running() as provider:
        yield provider


@pytest.fixture
def provider(house: Provider, world: World, settings: Any) -> Provider:
    """The provider as set up here, with the clerk at the other side."""
    settings.NAMRO_OPENID_ISSUER = house.issuer
    settings.NAMRO_OPENID_CLIENT_ID, settings.NAMRO_OPENID_CLIENT_SECRET = CLIENT_ID, SECRET
    house.claims = {"sub": "cong-dan-1", "preferred_username": world.people[Role.CLERK].username.upper()}
    house.signer, house.algorithm, house.twist, house.is_down = house.key, "RS256", {}, False
    return house


def come(provider: Provider, client: Client, where: str = "", **change: str) -> Any:
    """Go to the provider and come back; `change` spoils what leads back."""
    sent = client.get(f"/dang-nhap/thanh-pho/{where}")
    back = provider.authorize(sent["Location"]) | change
    return client.get("/dang-nhap/thanh-pho/ve/", back)


def words_at_the_door(client: Client) -> str:
    """Return what the door says to whoever was led back to it."""
    return text_of(client, "/dang-nhap/")


def test_the_door_offers_it_only_where_it_is_set_up(world: World, provider: Provider, settings: Any) -> None:
    assert "Đăng nhập bằng tài khoản của thành phố" in text_of(Client(), "/dang-nhap/")
    settings.NAMRO_OPENID_ISSUER = ""
    assert "tài khoản của thành phố" not in text_of(Client(), "/dang-nhap/")
    assert Client().get("/dang-nhap/thanh-pho/").status_code == 404


def test_a_person_comes_in_where_they_wanted_to_go(world: World, provider: Provider) -> None:
    client = Client()
    answer = come(provider, client, "?next=/don-vi/")
    assert (answer.status_code, answer["Location"]) == (302, "/don-vi/")
    assert Visit.objects.get().method == "openid"
    assert client.get("/don-vi/").status_code == 200
    assert Identity.objects.get().person == world.people[Role.CLERK]


def test_no_way_to_another_house(provider: Provider) -> None:
    assert come(provider, Client(), "?next=https://example.org/")["Location"] == "/"


def test_the_subject_counts_not_the_name(world: World, provider: Provider) -> None:
    come(provider, Client())
    provider.claims["preferred_username"] = world.people[Role.ADMINISTRATOR].username
    client = Client()
    come(provider, client)
    assert client.session["_auth_user_id"] == str(world.people[Role.CLERK].pk)


def test_a_name_given_to_someone_else_is_no_way_in(provider: Provider) -> None:
    come(provider, Client())
    provider.claims["sub"] = "cong-dan-2"
    client = Client()
    assert come(provider, client)["Location"] == "/dang-nhap/"
    assert "đã gắn với một tài khoản thành phố khác" in words_at_the_door(client)


def test_nobody_is_made_unless_the_city_says_so(provider: Provider, settings: Any) -> None:
    provider.claims |= {"preferred_username": "nguoi.la", "name": "Người Lạ"}
    client = Client()
    come(provider, client)
    assert "chưa có người dùng tương ứng" in words_at_the_door(client)
    assert not Person.objects.filter(username="nguoi.la").exists()
    settings.NAMRO_OPENID_CREATE = True
    come(provider, client)
    made = Person.objects.get(username="nguoi.la")
    assert not made.posts.exists()
    assert "_auth_user_id" not in client.session, "a person without a post does not come in"


SPOILT: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://example.org"},
    "for another house": {"aud": "someone-else"},
    "too old": {"exp": 1_600_000_000},
    "another nonce": {"nonce": "x"},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("twist", SPOILT.values(), ids=SPOILT)
def test_a_word_that_is_not_as_it_must_be_lets_nobody_in(provider: Provider, twist: dict[str, Any]) -> None:
    provider.twist, client = twist, Client()
    assert come(provider, client)["Location"] == "/dang-nhap/"
    assert "_auth_user_id" not in client.session
    assert "Không xác nhận được" in words_at_the_door(client)


@pytest.mark.parametrize(
    ("signer", "algorithm"),
    [
        (rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256"),
        (SECRET * 4, "HS256"),
        (None, "none"),
    ],
    ids=["another key", "our own secret", "unsigned"],
)
def test_a_word_signed_by_nobody_known_lets_nobody_in(
    provider: Provider, signer: Any, algorithm: str
) -> None:
    provider.signer, provider.algorithm, client = signer, algorithm, Client()
    come(provider, client)
    assert "_auth_user_id" not in client.session


def test_only_the_browser_that_was_sent_comes_back_and_once(provider: Provider) -> None:
    mine, stranger = Client(), Client()
    back = provider.authorize(mine.get("/dang-nhap/thanh-pho/")["Location"])
    stranger.get("/dang-nhap/thanh-pho/ve/", back)
    assert "_auth_user_id" not in stranger.session
    assert mine.get("/dang-nhap/thanh-pho/ve/", back | {"state": "x"})["Location"] == "/dang-nhap/"
    assert mine.get("/dang-nhap/thanh-pho/ve/", back)["Location"] == "/dang-nhap/"
    assert "không còn hiệu lực" in words_at_the_door(mine)


def test_a_provider_that_is_down_is_said_so(provider: Provider) -> None:
    provider.is_down, client = True, Client()
    assert client.get("/dang-nhap/thanh-pho/")["Location"] == "/dang-nhap/"
    assert "không trả lời" in words_at_the_door(client)


def test_who_said_no_there_is_led_back(provider: Provider) -> None:
    client = Client()
    asked = provider.authorize(client.get("/dang-nhap/thanh-pho/")["Location"])
    client.get("/dang-nhap/thanh-pho/ve/", {"error": "access_denied", "state": asked["state"]})
    assert "Bạn đã dừng" in words_at_the_door(client)


def test_proving_anew_takes_a_fresh_proof(provider: Provider) -> None:
    provider.twist, client = {"auth_time": int(time.time()) - 3600}, Client()
    come(provider, client, "?moi=1")
    assert "_auth_user_id" not in client.session
    provider.twist = {}
    come(provider, client, "?moi=1")
    assert "_auth_user_id" in client.session
