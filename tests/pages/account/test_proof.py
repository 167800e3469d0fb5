"""Grave acts wait for a proof of who sits there: posts, links to a new password, lost devices."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.access.authenticator import code_of
from tests.builders import PASSWORD, TODAY, World
from tests.pages.account.doing import add_totp, come_in, is_in, tire
from tests.pages.reading import text_of

from namro.audit.models import Entry
from namro.organisation.models import Person, Post
from namro.organisation.terms import Role

NEW = "bon-con-trau-gam-co"


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
