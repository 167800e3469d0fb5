"""One's own account: second factors, visits, the password; and the proof before grave acts."""

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.access.authenticator import Authenticator, code_of
from tests.builders import PASSWORD, TODAY, World
from tests.pages.reading import text_of

from namro.access.models import Factor, RecoveryCode, Visit
from namro.audit.models import Entry
from namro.organisation.models import Person, Post
from namro.organisation.terms import Role

NEW = "bon-con-trau-gam-co"


@pytest.fixture(autouse=True)
def _still_clock() -> Iterator[None]:
    """No half minute ends while a test shows its codes."""
    with time_machine.travel(int(time.time()), tick=False):
        yield


@pytest.fixture
def clerk(world: World) -> Person:
    """The clerk at the one-stop desk."""
    return world.people[Role.CLERK]


@pytest.fixture
def client(clerk: Person) -> Client:
    """The clerk, come in by the door."""
    return come_in(clerk)


def come_in(person: Person, password: str = PASSWORD, **more: str) -> Client:
    """Come in by the door."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}, **more)
    client.post("/dang-nhap/", {"username": person.username, "password": password})
    return client


def is_in(client: Client) -> bool:
    """Whether the session is someone's."""
    return "_auth_user_id" in client.session


def tire(client: Client) -> None:
    """Let the proof of who sits there grow old."""
    session = client.session
    session["proved_at"] = int(time.time()) - 3600
    session.save()


def add_totp(client: Client) -> tuple[str, list[str]]:
    """Set up an application by the page; return its seed and the recovery codes."""
    page = client.get("/tai-khoan/lop-hai/ung-dung/").content.decode()
    found = re.search(r'class="seed">([A-Z2-7 ]+)<', page)
    assert found
    answer = client.post("/tai-khoan/lop-hai/ung-dung/", {"code": code_of(found[1], -1)})
    return found[1], re.findall(r"<li><code>([A-Z2-7-]+)</code>", answer.content.decode())


def options_of(client: Client, url: str) -> dict[str, Any]:
    """Return what the page asks of a passkey."""
    found = re.search(
        r'<script id="passkey-options" type="application/json">(.*?)</script>',
        client.get(url).content.decode(),
    )
    assert found
    return json.loads(found[1])


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


def test_the_visits_are_listed_and_the_others_ended(clerk: Person, client: Client) -> None:
    other = come_in(clerk, REMOTE_ADDR="203.0.113.77")
    page = text_of(client, "/tai-khoan/")
    assert "Firefox, Windows" in page
    assert "203.0.113.0/24" in page
    assert "203.0.113.77" not in page
    assert client.post("/tai-khoan/phien/ket-thuc/")["Location"] == "/tai-khoan/"
    assert other.get("/don-vi/")["Location"].startswith("/dang-nhap/")
    assert client.get("/don-vi/").status_code == 200
    assert "203.0.113.0/24" not in text_of(client, "/tai-khoan/")
    assert Visit.objects.filter(ended_at__isnull=False).count() == 1


def test_a_new_password_ends_the_other_visits(clerk: Person, client: Client) -> None:
    other = come_in(clerk)
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/tai-khoan/mat-khau/", sent)["Location"] == "/tai-khoan/"
    assert client.get("/don-vi/").status_code == 200
    assert "phiên này" in text_of(client, "/tai-khoan/")
    assert other.get("/don-vi/").status_code == 302
    assert is_in(come_in(clerk, NEW))
    assert not is_in(come_in(clerk, PASSWORD))
    assert NEW not in str([line.after for line in Entry.objects.all()])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"old_password": "sai"}, "Mật khẩu hiện nay không đúng"),
        ({"new_password2": "khac-han-di-nao"}, "không giống nhau"),
        ({"new_password1": "ngan", "new_password2": "ngan"}, "12"),
        ({"new_password1": "Matkhau@2025!", "new_password2": "Matkhau@2025!"}, "từ phổ biến"),
        ({"new_password1": "qjqjqjqjqjqjqj", "new_password2": "qjqjqjqjqjqjqj"}, "lặp lại"),
        ({"new_password1": "x9" * 129, "new_password2": "x9" * 129}, "256"),
    ],
)
def test_a_password_that_cannot_be_is_refused_in_a_sentence(
    client: Client, change: dict[str, str], words: str
) -> None:
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW} | change
    answer = client.post("/tai-khoan/mat-khau/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_long_password_of_any_signs_is_fine(clerk: Person, client: Client) -> None:
    long = "Dưới cầu nước chảy trong veo, bên cầu tơ liễu bóng chiều thướt tha. " * 3
    sent = {"old_password": PASSWORD, "new_password1": long, "new_password2": long}
    assert client.post("/tai-khoan/mat-khau/", sent).status_code == 302
    assert is_in(come_in(clerk, long))


@pytest.fixture
def administrator(signed_in: Callable[[Role], Client]) -> Client:
    """The administrator, whose proof has grown old."""
    client = signed_in(Role.ADMINISTRATOR)
    tire(client)
    return client


def give(client: Client, person: Person, **more: str) -> Any:
    """Give a post."""
    sent = {"unit": "hai van", "role": "officer", "title": "Công chức", "start": "01/07/2025"} | more
    return client.post(f"/quan-tri/nguoi/{person.pk}/chuc-vu/", sent)


def test_a_grave_act_waits_for_a_proof_and_loses_nothing(administrator: Client, clerk: Person) -> None:
    asked = give(administrator, clerk)
    assert asked.status_code == 401
    page = asked.content.decode()
    assert 'name="title" value="Công chức"' in page
    assert not Post.objects.filter(title="Công chức").exists()
    wrong = give(administrator, clerk, proof="1", proof_password="sai")
    assert wrong.status_code == 401
    assert "Mật khẩu không đúng" in wrong.content.decode()
    assert "sai" not in re.findall(r'value="([^"]*)"', wrong.content.decode())
    assert give(administrator, clerk, proof="1", proof_password=PASSWORD).status_code == 302
    assert Post.objects.filter(person=clerk, title="Công chức").exists()
    assert give(administrator, clerk, title="Việc khác").status_code == 302, "and it holds for a while"


def test_guessing_the_proof_is_counted(administrator: Client, clerk: Person) -> None:
    for _ in range(10):
        give(administrator, clerk, proof="1", proof_password="sai")
    answer = give(administrator, clerk, proof="1", proof_password=PASSWORD)
    assert answer.status_code == 401
    assert "quá nhiều lần" in answer.content.decode()


def test_a_second_factor_proves_as_well(client: Client) -> None:
    seed = add_totp(client)[0]
    tire(client)
    url = "/tai-khoan/lop-hai/ma-du-phong/"
    assert client.post(url).status_code == 401
    assert client.post(url, {"proof": "1", "proof_code": "000000"}).status_code == 401
    assert client.post(url, {"proof": "1", "proof_code": code_of(seed)}).status_code == 200


def test_a_link_to_a_new_password_opens_once(administrator: Client, clerk: Person, client: Client) -> None:
    url = f"/quan-tri/nguoi/{clerk.pk}/dat-lai-mat-khau/"
    page = administrator.post(url, {"proof": "1", "proof_password": PASSWORD}).content.decode()
    found = re.search(r"http://testserver(/dat-lai-mat-khau/[^<]+)<", page)
    assert found
    stranger = Client()
    form = stranger.get(found[1])
    assert "set-password" in form["Location"], "the token leaves the address at once"
    short = stranger.post(form["Location"], {"new_password1": "ngan", "new_password2": "ngan"})
    assert short.status_code == 422
    assert (
        stranger.post(form["Location"], {"new_password1": NEW, "new_password2": NEW})["Location"]
        == "/dang-nhap/"
    )
    assert "không còn dùng được" in text_of(Client(), found[1])
    assert client.get("/don-vi/").status_code == 302, "what was open with the old password has ended"
    assert is_in(come_in(clerk, NEW))
    assert set(Entry.objects.values_list("verb", flat=True)) >= {"issue_reset", "change_password"}


def test_a_post_is_handed_over(administrator: Client, world: World, clerk: Person) -> None:
    post = world.people[Role.OFFICER].posts.get()
    url = f"/quan-tri/chuc-vu/{post.pk}/ban-giao/"
    client_id = re.search(r'name="client_id" value="([^"]+)"', administrator.get(url).content.decode())
    assert client_id
    sent = {"receiver": clerk.username, "day": "09/07/2025", "client_id": client_id[1]}
    assert administrator.post(url, sent).status_code == 401
    administrator.post(url, {"proof": "1", "proof_password": PASSWORD})
    assert administrator.post(url, sent | {"receiver": "khong-co"}).status_code == 422
    assert administrator.post(url, sent)["Location"] == f"/quan-tri/nguoi/{clerk.pk}/"
    assert clerk.posts.filter(unit=post.unit, valid_from=TODAY).exists()
    assert administrator.post(url, sent).status_code == 302
    assert clerk.posts.count() == 2


def test_a_lost_device_is_cleared_by_the_administration(
    administrator: Client, clerk: Person, client: Client
) -> None:
    add_totp(client)
    url = f"/quan-tri/nguoi/{clerk.pk}/go-lop-hai/"
    administrator.post(url, {"proof": "1", "proof_password": PASSWORD})
    assert is_in(come_in(clerk))
