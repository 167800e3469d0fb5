"""Backup and restore: one consistent moment, whole or refused, onto an empty place only."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
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
from django.core.management import CommandError, call_command
from django.test import override_settings
from tests import builders
from tests.emptying import empty_all

from namro.audit.actions import record
from namro.config import archive, place
from namro.config.archive import BadArchive, Manifest
from namro.config.backup import STAMP, back_up
from namro.config.kind import Kind, write_kind
from namro.config.readiness import restoring_mark
from namro.config.restore import CannotRestore, census, restore
from namro.ground import clock
from namro.lake import tables
from namro.tasks.models import Evidence

pytestmark = pytest.mark.django_db
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


def counted(url: str) -> dict[str, int]:
    with psycopg.connect(url) as restored:
        return census(restored)


def files_below(folder: Path, *parts: str) -> dict[str, bytes]:
    inside = [folder / part for part in parts or ("",)]
    all_files = (path for part in inside for path in part.rglob("*") if path.is_file())
    found = (path for path in all_files if path.parts[-2:-1] != ("new",))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_restored_place_has_the_same_rows_and_files(
    source: Source, kept: Kept, empty: str, capsys: Any
) -> None:
    restore([str(kept.file)])
    assert counted(empty) == kept.manifest.census
    assert kept.manifest.census["tasks_task"] == 1
    name = source.evidence.file.name
    assert files_below(place.data_folder()) == files_below(source.folder, "media", "lake")
    assert files_below(place.data_folder())[f"media/{name}"] == PROOF
    assert (place.data_folder() / "media" / name).stat().st_mode & 0o077 == 0
    assert not restoring_mark().exists()
    assert "Đã khôi phục" in capsys.readouterr().out
    with (
        psycopg.connect(empty) as connection,
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
    ):
        connection.execute("DELETE FROM audit_entry")


def test_a_restored_lake_is_read_where_it_now_lies(source: Source, kept: Kept, empty: str) -> None:
    restore([str(kept.file)])
    with psycopg.connect(empty, autocommit=True) as restored:
        write_kind(restored, Kind.DEMO)
    here, there = source.folder / "lake", source.folder / "elsewhere"
    here.rename(there)
    try:
        assert light_of_lake() == "green"
    finally:
        there.rename(here)
    for file in (place.data_folder() / "lake").rglob("*.parquet"):
        file.unlink()
    assert light_of_lake() == "red"


def light_of_lake() -> str:
    words, _ = _said(_namro("doctor", "--json"))
    [found] = [each["light"] for each in json.loads(words) if each["part"] == "lake"]
    return str(found)


def test_the_file_tells_what_it_holds_and_is_for_its_owner_only(source: Source) -> None:
    kept, folder = source.manifest, source.folder
    assert archive.check(source.backup) == kept
    assert source.backup.stat().st_mode & 0o077 == 0
    assert kept.checkpoint.startswith("1:")
    assert kept.faulty == []
    assert set(kept.files) == {"database.dump", *files_below(folder, "media", "lake")}
    assert {name.split("/")[0] for name in kept.files} == {"database.dump", "media", "lake"}
    assert json.loads((folder / STAMP).read_text())["file"] == str(source.backup)
    assert [path.name for path in folder.glob(".*")] == []


def test_a_place_that_is_not_empty_is_left_as_it_is(kept: Kept, empty: str) -> None:
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1 AS a")
        with pytest.raises(CannotRestore, match="không trống"):
            restore([str(kept.file)])
        connection.execute("DROP TABLE mine")
    theirs = place.data_folder() / "media" / "x.pdf"
    theirs.parent.mkdir()
    theirs.write_bytes(b"theirs")
    with pytest.raises(CannotRestore, match="media"):
        restore([str(kept.file)])
    assert files_below(place.data_folder()) == {"media/x.pdf": b"theirs"}


@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_a_file_that_was_cut_short_is_refused_with_nothing_changed(
    kept: Kept, empty: str, share: float
) -> None:
    content = kept.file.read_bytes()
    kept.file.write_bytes(content[: int(len(content.rstrip(b"\0")) * share)])
    with pytest.raises(BadArchive):
        restore([str(kept.file)])
    assert not place.data_folder().exists()


@pytest.mark.parametrize("mark", [PROOF, b'"tasks_task": 1', b"PGDMP"])
def test_a_file_in_which_one_byte_is_another_is_refused(kept: Kept, empty: str, mark: bytes) -> None:
    content = kept.file.read_bytes()
    assert mark in content
    kept.file.write_bytes(content.replace(mark, mark[:-1] + b"9", 1))
    with pytest.raises(BadArchive):
        restore([str(kept.file)])
    assert not place.data_folder().exists()


@pytest.mark.parametrize("name", ["../out", "/out", "media/../../out", "postgres/x", "media"])
def test_a_file_that_leads_out_of_the_place_is_refused(tmp_path: Path, name: str) -> None:
    with archive.writing(tmp_path / "bad") as writer:
        for each in (archive.DATABASE, name):
            with (Path(__file__)).open("rb") as stream:
                writer.add(each, stream, Path(__file__).stat().st_size)
        writer.close(Manifest(archive.FORMAT, "0", "", "", [], {}, "", writer.files))
    with pytest.raises(BadArchive):
        archive.check(tmp_path / "bad")


def test_a_link_in_a_backup_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "bad", "w") as tar:
        link = tarfile.TarInfo("media/x")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(BadArchive):
        archive.check(tmp_path / "bad")


def test_a_backup_of_a_newer_version_is_refused(
    kept: Kept, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = Manifest(
        **(vars(kept.manifest) | {"migrations": [*kept.manifest.migrations, "tasks.9999_later"]})
    )
    monkeypatch.setattr(archive, "check", lambda file: newer)
    with pytest.raises(BadArchive, match=r"tasks\.9999_later"):
        restore([str(kept.file)])
    assert counted(empty) == {}


def test_a_restore_killed_in_the_middle_is_told_and_done_again(kept: Kept, empty: str) -> None:
    process = _namro("restore", str(kept.file))
    while not restoring_mark().exists():
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert restoring_mark().exists()
    words, code = _said(_namro("census"))
    assert code == 1
    assert "namro restore" in words
    assert "Traceback" not in words
    words, code = _said(_namro("restore", str(kept.file)))
    assert code == 0, words
    assert counted(empty) == kept.manifest.census


def test_a_restore_killed_after_its_last_step_only_wants_its_mark_away(kept: Kept, empty: str) -> None:
    restore([str(kept.file)])
    restoring_mark().write_text("")
    restore([str(kept.file)])
    assert not restoring_mark().exists()
    assert counted(empty) == kept.manifest.census


@pytest.mark.django_db(transaction=True)
def test_a_missing_or_changed_file_is_named_and_the_rest_kept(source: Source, tmp_path: Path) -> None:
    proof = source.folder / "media" / str(source.evidence.file.name)
    with override_settings(MEDIA_ROOT=source.folder / "media", DATA=tmp_path):
        with pytest.raises(CommandError, match="đã có"):
            call_command("backup", str(source.backup))
        proof.write_bytes(b"something else")
        with pytest.raises(CommandError, match=str(source.evidence.file.name)):
            call_command("backup", str(tmp_path / "a"))
        proof.unlink()
        manifest = back_up(tmp_path / "b", data=tmp_path)
    assert manifest.faulty == [source.evidence.file.name]
    assert archive.check(tmp_path / "b").census["tasks_task"] == 1
    assert archive.check(source.backup) == source.manifest


def _namro(*arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"SECRET_KEY": "a key for tests only", "NAMRO_DEMO": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "namro", *arguments]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _said(process: subprocess.Popen[str]) -> tuple[str, int]:
    words, _ = process.communicate(timeout=120)
    return words, process.returncode
