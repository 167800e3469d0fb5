"""Opinions: one an answer, so many a minute, and nothing of what the asker alone may see."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.assistant.conftest import world
from tests.builders import World

from namro.assistant.models import Opinion, Turn
from namro.organisation.terms import Role
from namro.tasks.terms import State

__all__ = ["world"]
Enter = Callable[[Role], Client]
PUBLIC, OFFICER, OPINION = "/hoi-dap/", "/hoi-dap/can-bo/", "/hoi-dap/y-kien/"


def opine(client: Client, **more: str) -> None:
    """Send an opinion on the last answer."""
    key = str(Turn.objects.latest("pk").key)
    sent = {"key": key, "client_id": str(uuid4()), "useful": "0", "why": "wrong", "words": ""} | more
    assert client.post(OPINION, sent).status_code == 302


@pytest.mark.usefixtures("world")
def test_an_answer_has_one_opinion_whatever_number_it_bears() -> None:
    client = Client()
    client.post(PUBLIC, {"words": "đăng ký khai sinh"})
    for _ in range(3):
        opine(client)
    assert Opinion.objects.count() == 1


@pytest.mark.usefixtures("world")
def test_who_sends_too_many_opinions_waits(settings: Any) -> None:
    settings.NAMRO_ASSISTANT_PER_MINUTE = 2
    client = Client()
    for number in range(3):
        settings.NAMRO_ASSISTANT_PER_MINUTE = 99
        client.post(PUBLIC, {"words": "đăng ký khai sinh"})
        settings.NAMRO_ASSISTANT_PER_MINUTE = 2
        opine(client)
        assert Opinion.objects.count() == min(number + 1, 2)


def test_the_editors_read_nothing_of_tasks_that_the_asker_may_see(world: World, signed_in: Enter) -> None:
    world.task(world.communes[0], State.IN_PROGRESS_LATE, title="Việc kín của xã mình")
    officer = signed_in(Role.COMMUNE_OFFICER)
    officer.post(OFFICER, {"words": "có nhiệm vụ nào quá hạn không"})
    assert Turn.objects.get().kind == "tasks"
    opine(officer, to="officer")
    assert Opinion.objects.get().answer == {"kind": "tasks", "items": [], "sentences": []}
    shown = signed_in(Role.SECRETARIAT).get("/hoi-dap/can-bo/y-kien/").content.decode()
    assert "có nhiệm vụ nào quá hạn không" in shown
    assert "Việc kín" not in shown


def test_an_officer_hears_how_many_are_not_done_and_what_was_left_aside(
    world: World, signed_in: Enter
) -> None:
    world.task(world.communes[0], State.IN_PROGRESS_LATE, title="Số hóa hồ sơ")
    world.task(world.communes[0], State.IN_PROGRESS_LATE, title="Trồng cây")
    world.task(world.communes[0], State.DONE, title="Việc đã xong")
    officer = signed_in(Role.COMMUNE_OFFICER)

    def told(words: str) -> str:
        officer.post(OFFICER, {"words": words})
        return officer.get(OFFICER).content.decode()

    assert "có 2 nhiệm vụ chưa xong tính đến" in told("có nhiệm vụ nào chưa xong")
    about = told("có nhiệm vụ nào về số hóa chưa xong")
    assert "có 1 nhiệm vụ chưa xong về “số hóa” tính đến" in about
    assert "chưa xét tới: “quý 3”" in told("quý 3 có nhiệm vụ nào chưa xong")
