"""The hall of the dossiers' own tests, and a browser in which a person of it has signed in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.dossiers.conftest import NOW, Hall, furnish

from namro.ground import clock

Seat = Callable[[str], Client]


@pytest.fixture
def hall(db: None, tmp_path: Path) -> Iterator[Hall]:
    """The hall, on a Wednesday at ten."""
    with clock.at(NOW):
        yield furnish(tmp_path)


@pytest.fixture
def seat(hall: Hall) -> Seat:
    """Sit a person of the hall at a machine."""

    def sit(name: str) -> Client:
        client = Client()
        client.force_login(hall.people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sit
