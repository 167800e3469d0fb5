"""Second factors of one's own account: set up, asked for, lost, taken away."""

import json
import re
from typing import Any

from django.test import Client
from tests.access.authenticator import Authenticator, code_of
from tests.builders import World
from tests.pages.account.doing import add_totp, come_in, is_in, options_of
from tests.pages.reading import text_of

from namro.access.models import Factor, RecoveryCode
from namro.audit.models import Entry
from namro.organisation.models import Person
from namro.organisation.terms import Role


def test_an_application_is_added_and_asked_for_from_then_on(clerk: Person, client: Client) -> None:
    seed, codes = add_totp(client)
    assert len(codes) == 10
    later = come_in(clerk)
    assert not is_in(later)
    assert later.get("/don-vi/")["Location"].startswith("/dang-nhap/")
    assert later.post("/dang-nhap/lop-hai/", {"proof_code": "000000"}).status_code == 422
    assert later.post("/dang-nhap/lop-hai/", {"proof_code": code_of(seed)})["Location"] == "/"
    assert is_in(later)
    assert Entry.objects.filter(verb="sign_in").count() == 2


def test_a_recovery_code_opens_when_the_device_is_lost(clerk: Person, client: Client) -> None:
    codes = add_totp(client)[1]
    for place, expected in ((0, True), (0, False), (1, True)):
        later = come_in(clerk)
        later.post("/dang-nhap/lop-hai/", {"proof_code": codes[place]})
        assert is_in(later) is expected


def test_a_passkey_is_added_and_opens(clerk: Person, client: Client) -> None:
    device = Authenticator(house="testserver", origin="https://testserver")
    offered = options_of(client, "/tai-khoan/lop-hai/khoa-thong-hanh/")
    sent = {"name": "Máy ở cơ quan", "credential": json.dumps(device.make(offered))}
    assert client.post("/tai-khoan/lop-hai/khoa-thong-hanh/", sent).status_code == 200
    assert Factor.objects.get(person=clerk).name == "Máy ở cơ quan"
    later = come_in(clerk)
    assert later.post("/dang-nhap/lop-hai/", {"proof_credential": "khong phai json"}).status_code == 422
    asked = options_of(later, "/dang-nhap/lop-hai/")
    assert (
        later.post("/dang-nhap/lop-hai/", {"proof_credential": json.dumps(device.sign(asked))})["Location"]
        == "/"
    )
    assert is_in(later)


def test_the_second_question_is_only_for_whom_the_first_was_answered(clerk: Person, client: Client) -> None:
    seed = add_totp(client)[0]
    stranger = Client()
    assert stranger.get("/dang-nhap/lop-hai/")["Location"] == "/dang-nhap/"
    assert stranger.post("/dang-nhap/lop-hai/", {"proof_code": code_of(seed)})["Location"] == "/dang-nhap/"
    waiting = come_in(clerk)
    session = waiting.session
    session["pending"]["at"] -= 3600
    session.save()
    assert waiting.post("/dang-nhap/lop-hai/", {"proof_code": code_of(seed)})["Location"] == "/dang-nhap/"
    assert not is_in(waiting)


def test_an_account_shut_meanwhile_stays_out(clerk: Person, client: Client) -> None:
    seed = add_totp(client)[0]
    waiting = come_in(clerk)
    clerk.is_active = False
    clerk.save()
    assert waiting.post("/dang-nhap/lop-hai/", {"proof_code": code_of(seed)}).status_code == 429
    assert not is_in(waiting)


def test_the_demo_stays_one_step(clerk: Person, client: Client) -> None:
    assert is_in(client)
    assert client.get("/don-vi/").status_code == 200


def test_a_role_that_must_have_two_is_led_there_first(clerk: Person, settings: Any) -> None:
    settings.NAMRO_SECOND_FACTOR_ROLES = ["clerk"]
    client = come_in(clerk)
    assert client.get("/don-vi/")["Location"] == "/tai-khoan/lop-hai/"
    assert "phải có xác thực hai lớp" in text_of(client, "/tai-khoan/lop-hai/")
    add_totp(client)
    assert client.get("/don-vi/").status_code == 200
    url = f"/tai-khoan/lop-hai/{Factor.objects.get().pk}/go/"
    assert client.post(url).status_code == 422
    assert Factor.objects.exists(), "the last one stays"


def test_a_factor_is_taken_away_by_its_owner_only(clerk: Person, client: Client, world: World) -> None:
    add_totp(client)
    url = f"/tai-khoan/lop-hai/{Factor.objects.get().pk}/go/"
    assert come_in(world.people[Role.OFFICER]).post(url).status_code == 404
    assert client.post(url)["Location"] == "/tai-khoan/lop-hai/"
    assert not Factor.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_recovery_codes_stand_beside_a_factor_only(client: Client) -> None:
    assert client.post("/tai-khoan/lop-hai/ma-du-phong/").status_code == 422
    first = add_totp(client)[1]
    again = client.post("/tai-khoan/lop-hai/ma-du-phong/").content.decode()
    assert first[0] not in again
    assert len(re.findall(r"<li><code>", again)) == 10
