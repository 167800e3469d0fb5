"""An officer asks what a directive gives: its tasks, all of them unless a state is named, those one may see."""

import pytest
from tests.assistant.conftest import asked
from tests.builders import World, seen_by

from namro.assistant.queries.answering import answer
from namro.assistant.queries.tasks import directive_in
from namro.assistant.terms import Answer, AnswerKind
from namro.organisation.terms import Role
from namro.tasks.models import Directive
from namro.tasks.terms import State


@pytest.fixture
def given(world: World) -> World:
    """Two directives, one with an open and a done task, one with another."""
    one, two = (world.directives[code] for code in ("tw", "xp"))
    Directive.objects.filter(pk=one.pk).update(kind="Nghị quyết", number="71/NQ-CP")
    Directive.objects.filter(pk=two.pk).update(kind="Thông báo", number="09-TB/BCĐ (số minh họa)")
    commune = world.communes[0]
    world.task(commune, State.IN_PROGRESS, title="Làm đường", register="tw")
    world.task(commune, State.DONE, title="Xây cầu", register="tw")
    world.task(commune, State.IN_PROGRESS, title="Trồng cây", register="xp")
    return world


def told(world: World, words: str, role: Role = Role.SECRETARIAT) -> Answer:
    """Return what somebody of a role is answered."""
    return answer(asked(words, viewer=seen_by(world.people[role])))


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("Nghị quyết 71 giao những nhiệm vụ nào", {"Làm đường", "Xây cầu"}),
        ("nhiem vu theo nghi quyet so 71/NQ-CP", {"Làm đường", "Xây cầu"}),
        ("nhiệm vụ chưa xong theo 71/NQ-CP", {"Làm đường"}),
        ("thông báo 9 giao nhiệm vụ gì", {"Trồng cây"}),
    ],
)
def test_the_tasks_of_a_directive(given: World, words: str, titles: set[str]) -> None:
    found = told(given, words)
    assert found.kind is AnswerKind.TASKS
    assert {
        title for title in ("Làm đường", "Xây cầu", "Trồng cây") if title in str(found.sentences)
    } == titles
    assert "van_ban=" in found.passages[0].url
    assert found.doubts == ()


def test_what_a_directive_gives_to_others_is_not_told(given: World) -> None:
    given.task(given.communes[1], State.IN_PROGRESS, title="Việc xã khác", register="tw")
    words = "Nghị quyết 71 giao những nhiệm vụ nào"
    assert "Việc xã khác" in str(told(given, words))
    assert "Việc xã khác" not in str(told(given, words, Role.COMMUNE_OFFICER))


def test_a_number_that_is_no_directives_names_none(given: World) -> None:
    assert directive_in("Quý 3 năm 2025 có 71 nhiệm vụ nào") is None
    assert directive_in("nhiệm vụ nào quá hạn") is None
    assert directive_in("nghị quyết 7 giao nhiệm vụ gì") is None
