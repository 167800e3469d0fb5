"""The administration of API keys: a program, its key shown once, the key revoked."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.builders import World
from tests.pages.reading import text_of

from namro.access.models import ApiKey, ServiceAccount
from namro.organisation.terms import Role

KEY = {"scopes": ["tasks:read", "units:read"], "end": "31/12/2025"}


@pytest.fixture
def administrator(signed_in: Callable[[Role], Client]) -> Client:
    """The administrator, signed in."""
    return signed_in(Role.ADMINISTRATOR)


def program(world: World, **more: str) -> dict[str, str]:
    """Return a program as the form sends it."""
    contact = world.people[Role.OFFICER].username
    return {"name": "Kho số liệu", "purpose": "Thử", "unit": "hai van", "contact": contact} | more


def test_a_program_gets_a_key_that_is_shown_once(world: World, administrator: Client) -> None:
    assert "Chưa có chương trình nào" in text_of(administrator, "/quan-tri/khoa-api/")
    answer = administrator.post("/quan-tri/khoa-api/moi/", program(world))
    account = ServiceAccount.objects.get()
    assert answer["Location"] == f"/quan-tri/khoa-api/{account.pk}/cap-khoa/"
    made = administrator.post(answer["Location"], KEY).content.decode()
    words = re.search(r"namro_[\w-]{43}", made)
    assert words
    listed = text_of(administrator, "/quan-tri/khoa-api/")
    assert words[0] not in listed
    assert words[0][:12] in listed
    url = f"/quan-tri/khoa-api/khoa/{ApiKey.objects.get().pk}/thu-hoi/"
    assert administrator.post(url)["Location"] == "/quan-tri/khoa-api/"
    assert "đã thu hồi" in text_of(administrator, "/quan-tri/khoa-api/")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unit": "hai vam"}, "gần nhất là"),
        ({"contact": "khong-co"}, "Không có tài khoản đang mở"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    world: World, administrator: Client, change: dict[str, str], words: str
) -> None:
    answer = administrator.post("/quan-tri/khoa-api/moi/", program(world, **change))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ServiceAccount.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [({"end": "09/07/2025"}, "sau hôm nay"), ({"end": "31/12/2030"}, "một năm"), ({"scopes": []}, "scopes")],
)
def test_a_key_without_end_or_scope_is_refused(
    world: World, administrator: Client, change: dict[str, object], words: str
) -> None:
    administrator.post("/quan-tri/khoa-api/moi/", program(world))
    url = f"/quan-tri/khoa-api/{ServiceAccount.objects.get().pk}/cap-khoa/"
    answer = administrator.post(url, KEY | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ApiKey.objects.exists()
