"""One loaded place for all of these tests; what each of them does to it is taken back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings

from namro.ground import clock
from namro.organisation.terms import Role
from tests.house.building import DAY, Place, place

Enter = Callable[[Role], Client]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="package")
def files(tmp_path_factory: Any) -> Path:
    """Where the loaded place keeps its files."""
    return Path(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: Any, files: Path) -> Iterator[Place]:
    """The package with people, tasks and files of our own, inside a transaction that is never committed."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=files),
        clock.at(DAY),
        transaction.atomic(),
    ):
        yield place()
        transaction.set_rollback(True)


@pytest.fixture
def here(loaded: Place, files: Path, settings: Any) -> Iterator[Place]:
    """The place as it was loaded."""
    cache.clear()
    settings.MEDIA_ROOT = files
    for thing in (loaded.task, loaded.draft):
        thing.refresh_from_db()  # an earlier test changed it, and its change was taken back
    with clock.at(DAY), transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


@pytest.fixture
def enter(here: Place) -> Enter:
    """Sign the person of a role in; what goes wrong inside is an answer, as for a stranger."""

    def signed_in(role: Role) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(here.people[role], backend=BACKEND)
        return client

    return signed_in
