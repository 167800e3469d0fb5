"""A small world on the demo's day, and a browser of the test client's kind for each role."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from tests import builders

from namro.ground import clock
from namro.organisation.terms import Role, Viewer
from namro.pages.entry.proving import PROVED_AT


@pytest.fixture
def demo_day() -> Iterator[None]:
    """9 July 2025, the day of the source documents."""
    with clock.at(builders.TODAY):
        yield


@pytest.fixture
def world(db: None, demo_day: None) -> builders.World:
    """A small world in which nobody owes anything yet."""
    return builders.world()


@pytest.fixture
def signed_in(world: builders.World) -> Callable[[Role], Client]:
    """Sign the person of a role in."""

    def enter(role: Role) -> Client:
        client = Client()
        client.force_login(world.people[role], backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[PROVED_AT] = int(
            time.time()
        )  # as at the door: grave acts are not asked for anew within ten minutes
        session.save()
        return client

    return enter


@pytest.fixture
def viewer_as(world: builders.World) -> Callable[[Role], Viewer]:
    """The viewer of a role."""

    def of(role: Role) -> Viewer:
        return builders.seen_by(world.people[role])

    return of
