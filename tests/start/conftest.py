"""A small place with one file in it, a backup of it, and an empty place to restore it onto."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pyarrow as pa
import pytest
from django.core.files.base import ContentFile
from django.test import override_settings
from tests import builders
from tests.emptying import empty_all

from namro.audit.actions import record
from namro.config import place
from namro.config.archive import Manifest
from namro.config.backup import back_up
from namro.ground import clock
from namro.lake import tables
from namro.tasks.models import Evidence

PROOF = b"%PDF-1.7 the proof"


@dataclass
class Kept:
    """A backup and what it says."""

    file: Path
    manifest: Manifest


@dataclass
class Source:
    """A small place with one file in it, and a backup of it."""

    folder: Path
    backup: Path
    manifest: Manifest
    evidence: Evidence


@pytest.fixture(scope="module")
def source(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Source]:
    """The place, its rows written for good: another program reads them. They are gone with the module."""
    folder = tmp_path_factory.mktemp("source")
    with django_db_blocker.unblock():
        with override_settings(MEDIA_ROOT=folder / "media", DATA=folder, NAMRO_LAKE_FOLDER=folder / "lake"):
            evidence = _fill()
            _fill_lake()
            manifest = back_up(folder / "a.backup", data=folder)
        yield Source(folder, folder / "a.backup", manifest, evidence)
        empty_all()


def _fill_lake() -> None:
    """A batch that was corrected, so that there are two snapshots to be kept."""
    tables.ensure("muc_nuoc", pa.schema([("muc_nuoc", pa.int64())]))
    for level in (1, 2):
        days = pa.array([builders.TODAY], pa.date32())
        rows = pa.table({"muc_nuoc": [level], "_row": [1], "_unit": ["20194"], "_day": days})
        tables.land("muc_nuoc", rows, batch="b1")


def _fill() -> Evidence:
    with clock.at(builders.TODAY):
        world = builders.world(with_people=False)
        task = world.task(world.agencies[0])
        record(by=None, verb="nap", obj=task)
        told = sha256(PROOF).hexdigest()
        found = Evidence(
            task=task,
            moment=task.moments.latest("pk"),
            name="a.pdf",
            kind="application/pdf",
            size=8,
            sha256=told,
        )
        found.file.save("a.pdf", ContentFile(PROOF))
    return found


@pytest.fixture
def kept(source: Source, tmp_path: Path) -> Kept:
    """A backup to do with as one likes."""
    file = tmp_path / "a.backup"
    shutil.copy(source.backup, file)
    return Kept(file, source.manifest)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database and an empty folder, to be restored onto; yields the database's address."""
    server, name = place.owner_url(), f"namro_restored_{os.getpid()}"
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    monkeypatch.setenv(place.OWNER_VARIABLE, url)
    monkeypatch.setenv(place.DATA_VARIABLE, str(tmp_path / "new"))
    monkeypatch.setenv("NAMRO_TODAY", "2025-07-09")
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name}")
        yield url
        owner.execute(f"DROP DATABASE {name} WITH (FORCE)")


def files_below(folder: Path, *parts: str) -> dict[str, bytes]:
    inside = [folder / part for part in parts or ("",)]
    all_files = (path for part in inside for path in part.rglob("*") if path.is_file())
    found = (path for path in all_files if path.parts[-2:-1] != ("new",))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}
