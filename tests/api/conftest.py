"""A small world on the demo's day, and programs that call with a key."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from tests import builders
from tests.builders import World, seen_by

from namro.access.actions.keys import add_account, make_key
from namro.access.terms import Scope
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Role

Program = Callable[..., Client]


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """A small world in which nobody owes anything yet."""
    with clock.at(builders.TODAY):
        yield builders.world()


@pytest.fixture
def program(world: World) -> Program:
    """Return a client that shows a key of the unit (default: the city) with the scopes (default: all)."""

    by = world.people[Role.ADMINISTRATOR]

    def made(unit: Unit | None = None, *scopes: Scope) -> Client:
        return Client(headers={"authorization": f"Bearer {words_of(by, unit or world.city, *scopes)}"})

    return made


def words_of(by: Person, unit: Unit, *scopes: Scope) -> str:
    """Return the words of a new key that an administrator made."""
    seen = seen_by(by)
    account = add_account(
        name=f"Chương trình {unit.code}", purpose="Thử", unit=unit, contact=by, by=by, viewer=seen
    )
    _key, words = make_key(
        account=account, scopes=scopes or tuple(Scope), end=date(2025, 12, 31), by=by, viewer=seen
    )
    return words
