"""The desk: what a person owes, what waits for them, what is late under them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.builders import World
from tests.pages.reading import text_of

from namro.organisation.terms import Role
from namro.pages.desk.sentence import sentence
from namro.tasks.models import Extension, Task
from namro.tasks.terms import ExtensionStatus, Stage, State

Enter = Callable[[Role], Client]
URL = "/ban-lam-viec/"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"owed": 7, "owed_late": 2, "waiting": 3, "late": 9},
            "Bạn giữ 7 việc, 2 quá hạn; 3 việc đang chờ bạn.",
        ),
        ({"owed": 1, "owed_late": 0, "waiting": 0, "late": 0}, "Bạn giữ 1 việc, không việc nào quá hạn."),
        ({"owed": 0, "owed_late": 0, "waiting": 11, "late": 158}, "11 việc đang chờ bạn."),
        (
            {"owed": 0, "owed_late": 0, "waiting": 0, "late": 158},
            "Không việc nào chờ bạn; 158 việc đang quá hạn.",
        ),
        ({"owed": 0, "owed_late": 0, "waiting": 0, "late": 0}, "Không việc nào đang chờ bạn."),
    ],
)
def test_the_sentence_says_what_is_there_and_nothing_else(given: dict[str, int], said: str) -> None:
    assert sentence(**given) == said


@pytest.mark.parametrize("role", list(Role))
def test_an_empty_desk_says_so_to_everybody(world: World, signed_in: Enter, role: Role) -> None:
    assert "Không việc nào đang chờ bạn." in text_of(signed_in(role), URL)


def test_an_officer_meets_what_they_owe_and_what_is_to_be_accepted(world: World, signed_in: Enter) -> None:
    officer = world.people[Role.COMMUNE_OFFICER]
    world.task(world.communes[0], State.IN_PROGRESS_LATE, title="Việc tôi giữ", lead_person=officer)
    world.task(world.communes[0], State.NOT_STARTED, title="Việc mới giao")
    world.task(world.communes[1], State.NOT_STARTED, title="Việc của xã khác")
    page = text_of(signed_in(Role.COMMUNE_OFFICER), URL)
    assert "Bạn giữ 1 việc, 1 quá hạn; 1 việc đang chờ bạn." in page
    assert "Việc tôi giữ" in page
    assert "Chờ đơn vị bạn tiếp nhận" in page
    assert "Việc của xã khác" not in page


def test_one_thing_late_is_told_once(world: World, signed_in: Enter) -> None:
    officer = world.people[Role.COMMUNE_OFFICER]
    world.task(world.communes[0], State.IN_PROGRESS_LATE, title="Việc tôi giữ", lead_person=officer)
    assert text_of(signed_in(Role.COMMUNE_OFFICER), URL).count("Việc tôi giữ") == 1


def test_the_steering_committee_meets_requests_results_and_what_is_late_in_the_city(
    world: World, signed_in: Enter
) -> None:
    late = world.tasks(world.agencies[1], [State.IN_PROGRESS_LATE] * 4)
    world.task(world.elsewhere, State.IN_PROGRESS_LATE, title="Việc của tỉnh khác")
    Task.objects.filter(pk=late[0].pk).update(stage=Stage.SUBMITTED, submitted_day=date(2025, 7, 8))
    Extension.objects.create(
        client_id="11111111-1111-4111-8111-111111111111", task=late[1], status=ExtensionStatus.ASKED,
        asked_day=date(2025, 7, 7), reason="Mất điện", due_before=late[1].due_day, due_after=date(2025, 8, 29),
    )  # fmt: skip
    page = text_of(signed_in(Role.STEERING), URL)
    assert "2 việc đang chờ bạn." in page
    assert "Xin gia hạn đến 29/08/2025" in page
    assert "Chờ bạn công nhận kết quả" in page
    assert "Quá hạn trong thành phố" in page
    assert "Việc của tỉnh khác" not in page


def test_the_worst_three_stand_first_one_of_each_kind(world: World, signed_in: Enter) -> None:
    mine = world.people[Role.AGENCY_LEAD]
    for number in range(3):
        world.task(world.agencies[1], State.IN_PROGRESS_LATE, title=f"Việc tôi {number}", lead_person=mine)
        world.task(world.agencies[1], State.NOT_STARTED, title=f"Việc mới {number}")
        world.task(world.agencies[1], State.IN_PROGRESS_LATE, title=f"Việc đơn vị {number}")
    page = text_of(signed_in(Role.AGENCY_LEAD), URL)
    worst = page.split("desk-worst")[1].split("</section>")[0]
    assert worst.count("<li") == 3
    assert [words in worst for words in ("Việc tôi 0", "Việc mới 0", "Việc đơn vị 0")] == [True] * 3


def test_the_count_late_is_that_of_the_list_it_opens(world: World, signed_in: Enter) -> None:
    world.tasks(world.agencies[1], [State.IN_PROGRESS_LATE] * 60)
    client = signed_in(Role.STEERING)
    assert 'Quá hạn trong thành phố <span class="muted">60</span>' in text_of(client, URL)
    assert "60 nhiệm vụ" in text_of(client, "/nhiem-vu/?trang_thai=overdue&don_vi=48")


def test_the_number_of_queries_does_not_grow_with_the_desk(
    world: World, signed_in: Enter, django_assert_max_num_queries: Callable
) -> None:
    client = signed_in(Role.AGENCY_LEAD)
    client.get(URL)
    for more in (2, 30):
        world.tasks(world.agencies[1], [State.IN_PROGRESS_LATE, State.NOT_STARTED] * more)
        with django_assert_max_num_queries(28):
            client.get(URL)


def test_what_a_person_owes_is_counted_beyond_what_the_desk_shows(world: World, signed_in: Enter) -> None:
    mine = world.people[Role.COMMUNE_OFFICER]
    made = world.tasks(world.communes[0], [State.IN_PROGRESS] * 53 + [State.IN_PROGRESS_LATE] * 4)
    Task.objects.filter(pk__in=[task.pk for task in made]).update(lead_person=mine)
    page = text_of(signed_in(Role.COMMUNE_OFFICER), URL)
    assert "Bạn giữ 57 việc, 4 quá hạn." in page
    assert 'Việc bạn giữ <span class="muted">57</span>' in page
