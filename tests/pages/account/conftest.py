"""The clerk at the one-stop desk, who has come in, on a clock that stands still."""

import time
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from tests.builders import World
from tests.pages.account.doing import come_in

from namro.organisation.models import Person
from namro.organisation.terms import Role


@pytest.fixture(autouse=True)
def _still_clock() -> Iterator[None]:
    """No half minute ends while a test shows its codes."""
    with time_machine.travel(int(time.time()), tick=False):
        yield


@pytest.fixture
def clerk(world: World) -> Person:
    """The clerk at the one-stop desk."""
    return world.people[Role.CLERK]


@pytest.fixture
def client(clerk: Person) -> Client:
    """The clerk, come in by the door."""
    return come_in(clerk)
