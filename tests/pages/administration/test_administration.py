"""The administration: people, posts, accounts."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.builders import PASSWORD, World
from tests.builders import person as make_person
from tests.pages.reading import text_of

from namro.audit.models import Entry
from namro.organisation.models import Person, Post
from namro.organisation.terms import Role

Enter = Callable[[Role], Client]


@pytest.fixture
def administrator(signed_in: Enter) -> Client:
    """The administrator, signed in."""
    return signed_in(Role.ADMINISTRATOR)


def test_people_are_found_without_marks_and_by_their_unit(world: World, administrator: Client) -> None:
    make_person(Role.OFFICER, world.communes[1], name="Tạ Thảo Hiên", username="thao")
    assert "Tạ Thảo Hiên" in text_of(administrator, "/quan-tri/?q=thao")
    page = text_of(administrator, "/quan-tri/?q=hoa+vang")
    assert "Tạ Thảo Hiên" in page
    assert "Người clerk" not in page


def test_people_come_fifty_a_page(world: World, administrator: Client) -> None:
    for _ in range(60):
        make_person(Role.OFFICER, world.communes[1])
    first = administrator.get("/quan-tri/")
    second = administrator.get(first.context["next_url"])
    shown = [[person.pk for person in page.context["people"]] for page in (first, second)]
    assert [len(part) for part in shown] == [50, Person.objects.count() - 50]
    assert len(set(shown[0] + shown[1])) == Person.objects.count()


def test_someone_new_is_added_and_must_be_given_a_post(administrator: Client) -> None:
    sent = {"full_name": "Lưu An Nghi", "username": "luu.nghi", "password": "song-han-ve-dem-7"}
    answer = administrator.post("/quan-tri/nguoi/moi/", sent)
    added = Person.objects.get(username="luu.nghi")
    assert answer["Location"] == f"/quan-tri/nguoi/{added.pk}/"
    assert "Chưa giữ chức vụ nào" in text_of(administrator, answer["Location"])
    line = Entry.objects.get(verb="add_person")
    assert "song-han" not in str(line.after)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "tên có dấu"}, "chữ không dấu"),
        ({"password": "ngan"}, "12"),
        ({"full_name": ""}, "full_name"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    administrator: Client, change: dict[str, str], words: str
) -> None:
    sent = {"full_name": "Lưu An Nghi", "username": "luu.nghi", "password": "song-han-ve-dem-7"} | change
    answer = administrator.post("/quan-tri/nguoi/moi/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'name="full_name" value="Lưu An Nghi"' in answer.content.decode() or "full_name" in change
    assert not Person.objects.filter(username="luu.nghi").exists()


def test_a_taken_name_is_refused_in_a_sentence(world: World, administrator: Client) -> None:
    taken = world.people[Role.CLERK].username
    sent = {"full_name": "Người khác", "username": taken.upper(), "password": "song-han-ve-dem-7"}
    answer = administrator.post("/quan-tri/nguoi/moi/", sent)
    assert answer.status_code == 422
    assert "đã có người dùng" in answer.content.decode()


def test_a_post_is_given_once_and_opens_the_unit(world: World, administrator: Client) -> None:
    who = Person.objects.create(username="moi", full_name="Người mới")
    who.set_password(PASSWORD)
    who.save()
    sent = {"unit": "hai van", "role": "commune_officer", "title": "Công chức", "start": "01/07/2025"}
    for _ in range(2):
        assert administrator.post(f"/quan-tri/nguoi/{who.pk}/chuc-vu/", sent).status_code == 302
    post = Post.objects.get(person=who)
    assert (post.unit, post.valid_from) == (world.communes[0], date(2025, 7, 1))
    assert Entry.objects.filter(verb="give_post").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unit": "hai vam"}, "gần nhất là"),
        ({"start": "31/02/2025"}, "không có trong lịch"),
        ({"role": "chu-tich"}, "role"),
    ],
)
def test_a_post_that_cannot_be_is_refused_and_nothing_lost(
    world: World, administrator: Client, change: dict[str, str], words: str
) -> None:
    who = world.people[Role.CLERK]
    sent = {"unit": "hai van", "role": "officer", "title": "Công chức mẫu", "start": "01/07/2025"} | change
    answer = administrator.post(f"/quan-tri/nguoi/{who.pk}/chuc-vu/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Công chức mẫu" in page
    assert who.posts.count() == 1


def test_a_post_ends_on_a_day_after_its_start(world: World, administrator: Client) -> None:
    post = world.people[Role.CLERK].posts.get()
    refused = administrator.post(f"/quan-tri/chuc-vu/{post.pk}/thoi/", {"day": "01/01/2024"})
    assert refused.status_code == 422
    assert "phải sau ngày bắt đầu" in refused.content.decode()
    assert administrator.post(f"/quan-tri/chuc-vu/{post.pk}/thoi/", {"day": "09/07/2025"}).status_code == 302
    post.refresh_from_db()
    assert post.valid_to == date(2025, 7, 9)


def test_an_account_is_shut_and_opened(world: World, administrator: Client) -> None:
    who = world.people[Role.CLERK]
    for active in ("", "1"):
        administrator.post(f"/quan-tri/nguoi/{who.pk}/khoa-mo/", {"active": active})
        who.refresh_from_db()
        assert who.is_active is bool(active)
    assert Entry.objects.filter(verb="set_active").count() == 2


def test_nobody_shuts_their_own_account(world: World, administrator: Client) -> None:
    me = world.people[Role.ADMINISTRATOR]
    answer = administrator.post(f"/quan-tri/nguoi/{me.pk}/khoa-mo/", {"active": ""})
    assert answer.status_code == 422
    me.refresh_from_db()
    assert me.is_active


def test_the_history_of_an_account_is_shown(world: World, administrator: Client) -> None:
    who = world.people[Role.CLERK]
    administrator.post(f"/quan-tri/nguoi/{who.pk}/khoa-mo/", {"active": ""})
    assert "Khóa hoặc mở tài khoản" in text_of(administrator, f"/quan-tri/nguoi/{who.pk}/")
