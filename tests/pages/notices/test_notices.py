"""What a person was told, as they meet it: the bell, the list, the settings."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from tests.builders import World
from tests.delivery.conftest import notice
from tests.pages.reading import text_of

from namro.delivery.actions import carry, tell
from namro.delivery.models import Choice, Message, Told
from namro.delivery.terms import Level, MessageState
from namro.ground.clock import VIETNAM
from namro.organisation.models import Deputising, Person
from namro.organisation.terms import Role

Enter = Callable[[Role], Client]
SETTINGS = "/thong-bao/cai-dat/"


def test_the_bell_counts_what_is_unread_and_the_page_says_it(world: World, signed_in: Enter) -> None:
    client = signed_in(Role.OFFICER)
    assert "Không có tin nào chưa đọc" in text_of(client, "/thong-bao/")
    tell([notice(world.people[Role.OFFICER], n) for n in range(3)])
    page = text_of(client, "/thong-bao/")
    assert "3 tin chưa đọc" in page
    assert '<span class="count">3</span>' in page
    assert "Báo cho bạn vì bạn phụ trách nhiệm vụ." in page


def test_opening_a_notice_reads_it_and_leads_to_its_page(world: World, signed_in: Enter) -> None:
    client = signed_in(Role.OFFICER)
    tell([notice(world.people[Role.OFFICER], path="/ban-lam-viec/"), notice(world.people[Role.CLERK])])
    own, other = (Told.objects.get(person=world.people[role]) for role in (Role.OFFICER, Role.CLERK))
    assert client.get(f"/thong-bao/{own.pk}/mo/")["Location"] == "/ban-lam-viec/"
    own.refresh_from_db()
    assert own.read_at is not None
    assert client.get(f"/thong-bao/{other.pk}/mo/").status_code == 404


@pytest.mark.parametrize(
    "path", ["https://noi-khac.example.org/", "//noi-khac.example.org/", "javascript:alert(1)", ""]
)
def test_a_notice_leads_nowhere_outside(world: World, signed_in: Enter, path: str) -> None:
    tell([notice(world.people[Role.OFFICER], path=path)])
    answer = signed_in(Role.OFFICER).get(f"/thong-bao/{Told.objects.get().pk}/mo/")
    assert answer["Location"] == "/thong-bao/"


def test_all_are_marked_as_read_together(world: World, signed_in: Enter) -> None:
    tell([notice(world.people[Role.OFFICER], n) for n in range(3)])
    client = signed_in(Role.OFFICER)
    assert "Đã đánh dấu 3 tin" in client.post("/thong-bao/da-doc/", follow=True).content.decode()
    assert not Told.objects.filter(read_at__isnull=True).exists()


def test_the_log_of_a_topic_is_a_page_and_no_topic_of_others_exists(world: World, signed_in: Enter) -> None:
    tell([notice(world.people[Role.OFFICER])])
    carry()
    page = text_of(signed_in(Role.OFFICER), "/thong-bao/vi-sao/?chu-de=alert:1")
    assert "người nhận chưa có địa chỉ thư" in page
    assert signed_in(Role.COMMUNE_OFFICER).get("/thong-bao/vi-sao/?chu-de=alert:1").status_code == 404


def test_what_the_role_must_receive_cannot_be_switched_off(world: World, signed_in: Enter, settings) -> None:
    from namro.delivery.actions import load_package

    load_package(settings.DEMO_PACKAGE)
    client = signed_in(Role.AGENCY_LEAD)
    page = text_of(client, SETTINGS)
    [box] = re.findall('<input[^>]*name="email_3"[^>]*>', page)
    assert "disabled" in box
    assert "checked" in box
    assert client.post(SETTINGS, {"email_0": "on"}).status_code == 302
    chosen = {(row.level, row.channel): row.wanted for row in Choice.objects.all()}
    assert chosen == {
        (Level.CRITICAL, "email"): True, (Level.WARNING, "email"): True,
        (Level.WATCH, "email"): False, (Level.INFO, "email"): True,
    }  # fmt: skip


def test_a_wrong_address_is_refused_and_stays_typed(world: World, signed_in: Enter) -> None:
    client = signed_in(Role.OFFICER)
    answer = client.post(f"{SETTINGS}thu/", {"email": "khong-phai-thu"})
    assert answer.status_code == 422
    assert "khong-phai-thu" in answer.content.decode()
    assert client.post(f"{SETTINGS}thu/", {"email": "can.bo@example.org"}).status_code == 302
    assert Person.objects.get(pk=world.people[Role.OFFICER].pk).email == "can.bo@example.org"


def test_a_colleague_stands_in_until_the_last_day_that_was_said(world: World, signed_in: Enter) -> None:
    lead, officer = world.people[Role.AGENCY_LEAD], world.people[Role.OFFICER]
    asked = {
        "post": lead.posts.get().pk, "deputy": officer.pk, "start": "10/07/2025", "last_day": "11/07/2025",
        "ground": "đi công tác",
    }  # fmt: skip
    client = signed_in(Role.AGENCY_LEAD)
    wrong = client.post(f"{SETTINGS}vang-mat/", asked | {"start": "01/07/2025"})
    assert wrong.status_code == 422
    assert "đã qua" in wrong.content.decode()
    assert "đi công tác" in wrong.content.decode()
    assert client.post(f"{SETTINGS}vang-mat/", asked).status_code == 302
    made = Deputising.objects.get()
    assert made.end.isoformat() == "2025-07-12"
    others = client.post(f"{SETTINGS}vang-mat/", asked | {"deputy": world.people[Role.CLERK].pk})
    assert others.status_code == 422
    ended = f"{SETTINGS}vang-mat/{made.pk}/ket-thuc/"
    assert signed_in(Role.CLERK).post(ended).status_code == 404
    assert signed_in(Role.OFFICER).post(ended).status_code == 302


def test_dead_letters_are_seen_by_administrators_and_sent_again(world: World, signed_in: Enter) -> None:
    dead = _dead(world.people[Role.OFFICER])
    client = signed_in(Role.ADMINISTRATOR)
    page = text_of(client, "/thong-bao/hop-thu-chet/")
    assert "1 thư không gửi được" in page
    assert "Việc số" not in page  # whose words they are is not the administrators' to read
    assert client.post(f"/thong-bao/hop-thu-chet/{dead.pk}/gui-lai/").status_code == 302
    dead.refresh_from_db()
    assert dead.state == MessageState.QUEUED
    assert signed_in(Role.SECRETARIAT).get("/thong-bao/hop-thu-chet/").status_code == 404


def _dead(who: Person) -> Message:
    moment = datetime(2025, 7, 9, 9, tzinfo=VIETNAM)
    return Message.objects.create(
        channel="email", person=who, level=Level.WARNING, made_at=moment, next_try_at=moment, state="dead"
    )


def test_a_webhook_s_secret_is_shown_once(world: World, signed_in: Enter) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    page = client.get("/thong-bao/diem-nhan/")
    asked = {
        "client_id": str(page.context["form"]["client_id"].value()), "url": "http://127.0.0.1:9/nhan",
        "unit": "H17.KHCN", "username": "", "level": "2",
    }  # fmt: skip
    made = client.post("/thong-bao/diem-nhan/", asked)
    assert "whsec_" in made.content.decode()
    assert made["Cache-Control"].count("no-store") == 1
    again = client.post("/thong-bao/diem-nhan/", asked)
    assert again.status_code == 422
    assert "whsec_" not in again.content.decode()
    assert "whsec_" not in text_of(client, "/thong-bao/diem-nhan/")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"url": "https://10.0.0.1/nhan"}, "nội bộ"),
        ({"unit": "khong co don vi nay"}, "Không có đơn vị"),
        ({"unit": ""}, "đúng một nơi nhận"),
        ({"unit": "", "username": "khong-co"}, "Không có người dùng"),
    ],
)
def test_a_wrong_webhook_is_refused_beside_its_field(
    world: World, signed_in: Enter, more, words: str
) -> None:
    asked = {"client_id": "00000000-0000-4000-8000-000000000001", "url": "http://127.0.0.1:9/", "unit": "48"}
    answer = signed_in(Role.ADMINISTRATOR).post("/thong-bao/diem-nhan/", asked | {"level": "2"} | more)
    assert answer.status_code == 422
    assert words in answer.content.decode()
