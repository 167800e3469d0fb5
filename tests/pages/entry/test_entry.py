"""The door: in, out, wrong, too often wrong; each leaves its line."""

from typing import Any

import pytest
from django.test import Client
from tests.builders import PASSWORD, World, person
from tests.pages.reading import text_of

from namro.audit.models import Entry
from namro.organisation.terms import Role


def send(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    """Send the form of the door."""
    return client.post("/dang-nhap/", {"username": username, "password": password} | more)


def test_a_person_comes_in_and_it_is_written_down(world: World) -> None:
    who, client = world.people[Role.SECRETARIAT], Client()
    answer = send(client, who.username.upper(), next="/don-vi/")
    assert (answer.status_code, answer["Location"]) == (302, "/don-vi/")
    assert list(Entry.objects.values_list("verb", "by_id")) == [("sign_in", who.pk)]
    assert text_of(client, "/don-vi/")


def test_who_is_in_goes_on_to_the_first_page(world: World) -> None:
    client = Client()
    send(client, world.people[Role.CLERK].username)
    assert client.get("/dang-nhap/")["Location"] == "/"


def test_no_way_to_another_house(world: World) -> None:
    assert send(Client(), world.people[Role.CLERK].username, next="https://example.org/")["Location"] == "/"


def test_a_wrong_password_is_refused_in_a_sentence(world: World) -> None:
    answer = send(Client(), world.people[Role.CLERK].username, "sai")
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.content.decode()
    assert not Entry.objects.exists()


def test_a_shut_account_stays_out(world: World) -> None:
    who = world.people[Role.CLERK]
    who.is_active = False
    who.save()
    assert send(Client(), who.username).status_code == 422


def test_too_many_wrong_ones_shut_the_door_for_a_while(world: World) -> None:
    who, client = world.people[Role.CLERK], Client()
    answers = [send(client, who.username, "sai").status_code for _ in range(5)]
    assert answers[-1] == 429
    locked = send(client, who.username)
    assert locked.status_code == 429
    assert "Đã nhập sai mật khẩu 5 lần; hãy chờ 15 phút rồi thử lại." in locked.content.decode()
    # Another person behind the same address is not shut out with them.
    assert send(client, world.people[Role.OFFICER].username).status_code == 302


def test_leaving_is_by_post_only_and_written_down(world: World) -> None:
    who, client = world.people[Role.OFFICER], Client()
    send(client, who.username)
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/")["Location"] == "/dang-nhap/"
    assert client.get("/don-vi/").status_code == 302
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == ["sign_in", "sign_out"]


def test_the_demo_names_its_accounts(world: World, settings: Any) -> None:
    person(Role.CLERK, world.communes[0], username="motcua", demo=True)
    settings.DEMO = True
    page = text_of(Client(), "/dang-nhap/")
    assert "motcua" in page
    assert "Tài khoản của bản trình diễn" in page


def test_a_real_place_names_none(world: World, settings: Any) -> None:
    person(Role.CLERK, world.communes[0], username="motcua", demo=True)
    settings.DEMO = False
    page = text_of(Client(), "/dang-nhap/")
    assert "motcua" not in page
    assert "trình diễn" not in page


@pytest.mark.django_db
def test_who_holds_no_post_comes_in_but_sees_nothing(world: World) -> None:
    who = world.people[Role.CLERK]
    who.posts.all().delete()
    client = Client()
    assert send(client, who.username).status_code == 302
    assert client.get("/").status_code == 404
