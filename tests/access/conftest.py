"""A small world on the demo's day, with the administrator's view of it."""

from collections.abc import Iterator

import pytest
from tests import builders

from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Role, Viewer


@pytest.fixture
def world(db: None) -> Iterator[builders.World]:
    """A small world in which nobody owes anything yet."""
    with clock.at(builders.TODAY):
        yield builders.world()


@pytest.fixture
def officer(world: builders.World) -> Person:
    """The officer of an agency."""
    return world.people[Role.OFFICER]


@pytest.fixture
def administrator(world: builders.World) -> tuple[Person, Viewer]:
    """The administrator, and what they see."""
    person = world.people[Role.ADMINISTRATOR]
    seen = builders.seen_by(person)
    return person, seen
