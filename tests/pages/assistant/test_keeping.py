"""What stays of a conversation: nothing in the session past its minutes; handed over with its answers, and told."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.assistant.conftest import world
from tests.builders import World

from namro.assistant.models import HandOver
from namro.delivery.models import Told
from namro.organisation.terms import Role

__all__ = ["world"]
Enter = Callable[[Role], Client]
PUBLIC = "/hoi-dap/"
MOST_QUERIES = 21


@pytest.mark.usefixtures("world")
def test_what_is_too_old_goes_out_of_the_session_when_it_is_looked_at(settings: Any) -> None:
    client = Client()
    client.post(PUBLIC, {"words": "đăng ký khai sinh cần giấy tờ gì"})
    assert client.session["assistant_public"]
    settings.NAMRO_ASSISTANT_KEEP_MINUTES = -1
    client.get(PUBLIC)
    assert client.session["assistant_public"] == []


@pytest.mark.usefixtures("world")
def test_a_question_asks_the_database_a_bounded_number_of_times(django_assert_max_num_queries: Any) -> None:
    """However many papers, turns and choices there are: the same for the first question and the fifth."""
    client = Client()
    for _ in range(4):
        client.post(PUBLIC, {"words": "đăng ký khai sinh cần giấy tờ gì, bao nhiêu tiền, ở đâu"})
    with django_assert_max_num_queries(MOST_QUERIES):
        client.post(PUBLIC, {"words": "đăng ký khai sinh cần giấy tờ gì, bao nhiêu tiền, ở đâu"})


def test_a_question_goes_to_people_with_its_answers_and_they_hear_of_it(
    world: World, signed_in: Enter
) -> None:
    client, commune = Client(), world.communes[0]
    client.post(PUBLIC, {"words": "Điều 24 luật căn cước nói gì"})
    sent = {"unit": commune.code, "question": "Vậy tôi phải làm gì?", "client_id": str(uuid4())}
    for _ in range(2):
        assert client.post("/hoi-dap/chuyen/", sent).status_code == 302
    [turn] = HandOver.objects.get().conversation
    assert "Thẻ căn cước được cấp lại khi bị mất" in turn["answer"]
    told = list(Told.objects.filter(event__startswith="hand_over:"))
    assert {each.person_id for each in told} >= {world.people[Role.COMMUNE_OFFICER].pk}
    assert {each.unit_id for each in told} == {commune.pk}
    assert "phải làm gì" not in " ".join(f"{each.title} {each.body}" for each in told)
    shown = signed_in(Role.COMMUNE_OFFICER).get(told[0].path).content.decode()
    assert "Thẻ căn cước được cấp lại khi bị mất" in shown
