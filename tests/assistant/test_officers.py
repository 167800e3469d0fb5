"""Which unit an officer means, and whether a figure or the registers answer."""

import pytest
from tests.assistant.conftest import asked
from tests.builders import TODAY, World, seen_by

from namro.assistant.queries.answering import answer
from namro.assistant.queries.officers import units_in
from namro.assistant.terms import AnswerKind
from namro.organisation.terms import Role
from namro.tasks.terms import State


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Đà Nẵng có bao nhiêu nhiệm vụ quá hạn", ["48"]),
        ("phường Hải Vân, thành phố Đà Nẵng có nhiệm vụ nào quá hạn", ["20194"]),
        ("so Hoà Vang với Hải Vân", ["20320", "20194"]),
        ("Hà Nội có nhiệm vụ nào", []),
    ],
)
def test_the_city_is_meant_only_where_no_other_unit_is(world: World, words: str, codes: list[str]) -> None:
    viewer = seen_by(world.people[Role.SECRETARIAT])
    assert [unit.code for unit in units_in(words, viewer, TODAY)] == codes


def test_the_tasks_of_the_whole_city_are_counted(world: World) -> None:
    for commune in world.communes[:2]:
        world.task(commune, State.IN_PROGRESS_LATE)
    found = answer(
        asked("Đà Nẵng có bao nhiêu nhiệm vụ quá hạn", viewer=seen_by(world.people[Role.SECRETARIAT]))
    )
    assert found.kind is AnswerKind.TASKS
    assert found.sentences[0].text.startswith("Thành phố Đà Nẵng có 2 nhiệm vụ quá hạn")
    assert found.doubts == ()
