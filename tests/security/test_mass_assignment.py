"""Fields that a form does not have change nothing, however they are named."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.forms.models import model_to_dict
from django.test import Client

from namro.organisation.models import Person, Post
from namro.organisation.terms import Role
from namro.tasks.models import Task
from namro.tasks.terms import Stage
from tests.builders import seen_by
from tests.house.place import Place

# Whatever a column is called that nobody may set.
EXTRA = {
    "id": "1", "pk": "1", "is_active": "on", "is_staff": "1", "is_superuser": "1", "is_demo": "1", "role": "steering",
    "lead_unit": "48", "lead_unit_id": "1", "unit": "48", "unit_id": "1", "by": "1", "by_id": "1", "person": "1",
    "stage": "done", "state": "done", "percent_done": "100", "code": "X-1", "due_day": "31/12/2099",
    "original_due_day": "31/12/2099", "issued_day": "01/01/2020", "late_from": "", "done_late": "", "mark": "secret",
    "register": "1", "directive_id": "1", "created_at": "2020-01-01", "synthetic": "1", "capabilities": "administer",
    "password": "x", "valid_from": "01/01/2000", "valid_to": "", "verb": "approve", "granted_by": "x",
    "groups": "1", "user_permissions": "1", "viewer": "1",
}  # fmt: skip

DERIVED = {"folded"}


def test_working_on_a_task_moves_nothing_but_what_the_verb_moves(
    here: Place, enter: Callable[[Role], Client]
) -> None:
    before = row(here.task)
    sent = EXTRA | {"client_id": str(uuid4()), "version": str(here.task.version)}
    answer = enter(Role.OFFICER).post(f"/nhiem-vu/{here.task.code}/lam/tiep-nhan/", sent)
    assert answer.status_code == 302
    assert changed(before, row(here.task)) - DERIVED == {"stage", "version"}
    assert Task.objects.get(pk=here.task.pk).stage == Stage.ACCEPTED
    moment = here.task.moments.latest("pk")
    assert (moment.by_id, moment.verb, moment.due_day) == (here.people[Role.OFFICER].pk, "accept", None)


def test_a_comment_moves_nothing(here: Place, enter: Callable[[Role], Client]) -> None:
    before = row(here.task)
    sent = EXTRA | {
        "client_id": str(uuid4()),
        "version": str(here.task.version),
        "note": "đã rõ",
        "text": "đã rõ",
    }
    assert enter(Role.OFFICER).post(f"/nhiem-vu/{here.task.code}/lam/trao-doi/", sent).status_code == 302
    assert changed(before, row(here.task)) - DERIVED <= {"version"}


def test_nobody_makes_himself_more_than_he_is(here: Place, enter: Callable[[Role], Client]) -> None:
    """Every address that changes one's own things, with every field that would change one's rights."""
    me = here.people[Role.OFFICER]
    before, posts = row(me), held(me)
    client = enter(Role.OFFICER)
    for path in (
        "/tai-khoan/mat-khau/", "/tai-khoan/phien/ket-thuc/", "/thong-bao/cai-dat/", "/thong-bao/cai-dat/thu/",
        "/thong-bao/cai-dat/lich/", "/thong-bao/da-doc/", "/quan-tri/nguoi/moi/",
        f"/quan-tri/nguoi/{me.pk}/chuc-vu/", f"/quan-tri/nguoi/{me.pk}/khoa-mo/",
    ):  # fmt: skip
        assert client.post(path, EXTRA | {"title": "Trưởng", "start": "01/01/2025"}).status_code < 500, path
    assert changed(before, row(me)) <= {"last_login"}
    assert held(me) == posts
    assert Person.objects.filter(is_superuser=True).count() == 0 if "is_superuser" in before else True


def test_a_new_person_is_given_a_name_and_nothing_else(here: Place, enter: Callable[[Role], Client]) -> None:
    from namro.organisation.actions import add_person
    from namro.organisation.queries import viewer

    names = {field.name for field in Person._meta.get_fields()}
    made = EXTRA | {
        "full_name": "Người Mới",
        "username": "nguoi.moi",
        "password": "mot-cau-rat-dai-va-rieng-57",
    }
    boss = here.people[Role.ADMINISTRATOR]
    client = enter(Role.ADMINISTRATOR)
    client.post("/quan-tri/nguoi/moi/", made)
    found = Person.objects.filter(username="nguoi.moi").first()
    if found is None:  # the page first asks who is there; the action itself takes no more than it names
        seen = seen_by(boss)
        found = add_person(
            full_name="Người Mới", username="nguoi.moi", password=made["password"], by=boss, viewer=seen
        )
    assert not {"is_superuser", "is_staff"} & names or not (found.is_superuser or found.is_staff)
    assert not found.is_demo
    assert held(found) == []
    with pytest.raises(TypeError):
        add_person(full_name="x", username="y", password="z" * 20, by=boss, viewer=viewer(boss), is_demo=True)


def row(thing: Any) -> dict[str, Any]:
    return model_to_dict(type(thing)._base_manager.get(pk=thing.pk)) | {"pk": thing.pk}


def held(person: Person) -> list[tuple[int, str, object]]:
    return list(Post.objects.filter(person=person).values_list("unit_id", "role", "valid_to"))


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in before | after if before.get(name) != after.get(name)}
