"""A post passes on: one ends, one begins, the open tasks go along, all in one act."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from tests import builders
from tests.builders import TODAY, World, seen_by

from namro.audit.models import Entry
from namro.flows.handover import HandedOver, hand_over
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.queries import viewer
from namro.organisation.terms import Refused, Role
from namro.tasks.models import Moment
from namro.tasks.terms import State, Verb


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """A small world on the demo's day."""
    with clock.at(TODAY):
        yield builders.world()


def handed(world: World, receiver: Person, *, day: date = TODAY, client_id: UUID | None = None) -> HandedOver:
    """Hand the officer's post over to the receiver."""
    by = world.people[Role.ADMINISTRATOR]
    seen = seen_by(by)
    post = world.people[Role.OFFICER].posts.get()
    return hand_over(
        post=post, receiver=receiver, day=day, client_id=client_id or uuid4(), by=by, viewer=seen
    )


def test_open_tasks_go_with_the_post_and_done_ones_stay(world: World) -> None:
    giver, receiver = world.people[Role.OFFICER], builders.person(Role.OFFICER, world.communes[0])
    unit = world.agencies[1]
    open_task, done = (
        world.task(unit, state, lead_person=giver) for state in (State.IN_PROGRESS_LATE, State.DONE)
    )
    elsewhere = world.task(world.communes[0], State.IN_PROGRESS, lead_person=giver)
    result = handed(world, receiver)
    assert (result.tasks, result.post.unit, result.post.valid_from) == (1, unit, TODAY)
    for task, person in ((open_task, receiver), (done, giver), (elsewhere, giver)):
        task.refresh_from_db()
        assert task.lead_person == person
    assert (
        Moment.objects.get(task=open_task, verb=Verb.ASSIGN).note == f"{receiver.full_name} (nhận bàn giao)"
    )
    assert giver.posts.get().valid_to == TODAY
    assert viewer(giver) is None
    assert Entry.objects.filter(verb="hand_over").count() == 1


def test_sent_twice_it_happens_once(world: World) -> None:
    giver, receiver = world.people[Role.OFFICER], builders.person(Role.OFFICER, world.communes[0])
    world.task(world.agencies[1], State.IN_PROGRESS, lead_person=giver)
    client_id = uuid4()
    assert [handed(world, receiver, client_id=client_id).tasks for _ in range(2)] == [1, 0]
    assert receiver.posts.count() == 2


def test_a_day_that_has_not_come_changes_nothing(world: World) -> None:
    giver, receiver = world.people[Role.OFFICER], builders.person(Role.OFFICER, world.communes[0])
    with pytest.raises(Refused, match="đã đến ngày"):
        handed(world, receiver, day=date(2025, 7, 10))
    assert giver.posts.get().valid_to is None
