"""The door: in, out, wrong, too often wrong; each leaves its line."""

import unicodedata
from typing import Any

import time_machine
from django.test import Client
from tests.builders import PASSWORD, TODAY, World, person
from tests.pages.reading import text_of

from namro.audit.models import Entry
from namro.organisation.terms import Role
from namro.pages.entry import slowing
from namro.pages.entry.slowing import SLOW_FROM, SLOW_SECONDS


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


def test_who_holds_no_post_does_not_come_in(world: World) -> None:
    who = world.people[Role.CLERK]
    who.posts.all().delete()
    answer = send(Client(), who.username)
    assert answer.status_code == 422
    assert "không giữ chức vụ nào đang có hiệu lực" in answer.content.decode()
    # To whoever does not know the password nothing is said of posts.
    assert "chức vụ" not in send(Client(), who.username, "sai").content.decode()


def test_the_account_ends_with_the_post(world: World) -> None:
    who, client = world.people[Role.CLERK], Client()
    send(client, who.username)
    assert client.get("/don-vi/").status_code == 200
    who.posts.update(valid_to=TODAY)
    assert client.get("/don-vi/")["Location"] == "/dang-nhap/"
    assert "phiên đăng nhập đã kết thúc" in text_of(client, "/dang-nhap/")


def test_a_name_is_one_name_however_it_is_written(world: World) -> None:
    name = world.people[Role.CLERK].username
    client = Client()
    for written in (name, name.upper(), name.title(), f" {name} ", name):
        answer = send(client, written, "sai")
    assert answer.status_code == 429


def test_the_same_letters_are_the_same_password(world: World) -> None:
    who = world.people[Role.CLERK]
    who.set_password(unicodedata.normalize("NFC", "sông hàn về đêm"))
    who.save()
    assert send(Client(), who.username, unicodedata.normalize("NFD", "sông hàn về đêm")).status_code == 302


def guess(name: str, times: int, *, first: int = 0) -> None:
    """Guess at a name from as many addresses."""
    for number in range(first, first + times):
        Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250}").post(
            "/dang-nhap/", {"username": name, "password": "sai"}
        )


def test_a_name_guessed_at_from_everywhere_is_slowed_but_not_for_its_owner(world: World) -> None:
    who, own = world.people[Role.CLERK], Client(REMOTE_ADDR="192.0.2.1")
    with time_machine.travel(1_760_000_000, tick=False) as now:
        assert send(own, who.username).status_code == 302
        own.post("/dang-xuat/")
        guess(who.username, SLOW_FROM)
        assert send(Client(REMOTE_ADDR="192.0.2.9"), who.username, "sai").status_code == 422
        slowed = send(Client(REMOTE_ADDR="192.0.2.9"), who.username)
        assert slowed.status_code == 429
        assert "chờ vài giây" in slowed.content.decode()
        assert send(own, who.username).status_code == 302, "a browser that the owner used is not slowed"
        now.shift(SLOW_SECONDS)
        assert send(Client(REMOTE_ADDR="192.0.2.9"), who.username).status_code == 302, (
            "nor is anyone shut out"
        )


def test_an_address_from_which_hundreds_fail_is_shut_for_a_while(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(slowing, "MOST_FROM_AN_ADDRESS", 3)
    who, client = world.people[Role.CLERK], Client()
    with time_machine.travel(1_760_000_000, tick=False):  # within one stretch, however slow the machine
        for number in range(3):
            send(client, f"khong-co-{number}", "sai")
        answer = send(client, who.username)
    assert answer.status_code == 429
    assert "Từ địa chỉ mạng này" in answer.content.decode()
    assert send(Client(REMOTE_ADDR="192.0.2.1"), who.username).status_code == 302
