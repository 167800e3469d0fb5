"""What is changed beside a judgement, on another connection, is not lost to the next one."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from tests.alerts.conftest import stored_rule
from tests.builders import TODAY, World, world

from namro.flows.judging import judge_day
from namro.ground import clock
from namro.tasks.models import Task
from namro.tasks.terms import State


@pytest.fixture
def built(transactional_db: None) -> Iterator[World]:
    """The small world with a rule on late tasks and a task that is not late."""
    with clock.at(TODAY):
        made = world()
        stored_rule(levels={"watch": 1}, hears={"watch": ["person"]}, urging={})
        made.task(made.communes[0], State.IN_PROGRESS)
        yield made


@pytest.fixture
def other(built: World) -> Iterator[BaseDatabaseWrapper]:
    """Another connection, with a transaction of its own."""
    beside = connection.copy()
    beside.set_autocommit(False)
    yield beside
    beside.close()


def test_what_is_not_yet_committed_is_judged_when_it_is(built: World, other: BaseDatabaseWrapper) -> None:
    assert judge_day(TODAY).opened == 0
    with other.cursor() as cursor:
        cursor.execute("UPDATE tasks_task SET late_from = %s", [TODAY])
    assert judge_day(TODAY).opened == 0
    other.commit()
    assert judge_day(TODAY).opened == 1


def test_what_is_rolled_back_leaves_its_marks(built: World, monkeypatch: pytest.MonkeyPatch) -> None:
    judge_day(TODAY)
    Task.objects.update(late_from=TODAY)

    def fails(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("namro.flows.judging.judge", fails)
        with pytest.raises(RuntimeError):
            judge_day(TODAY)
    assert judge_day(TODAY).opened == 1
