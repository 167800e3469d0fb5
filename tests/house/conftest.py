"""One loaded place for all of these tests; what each of them does to it is taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from namro.ground import clock
from tests.house.building import DAY
from tests.house.place import Place, place


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
def here(loaded: Place, db: None, files: Path, settings: Any) -> Iterator[Place]:
    """The place as it was loaded; `db` takes back what the test changes."""
    cache.clear()
    settings.MEDIA_ROOT = files
    for thing in (loaded.task, loaded.draft):
        thing.refresh_from_db()  # an earlier test changed it, and its change was taken back
    with clock.at(DAY):
        yield loaded
