"""A restore: whole or refused, onto an empty place only, and done again when it was killed."""

import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import psycopg
import pytest
from tests.start.conftest import PROOF, Kept, Source, files_below

from namro.config import archive, place
from namro.config.archive import BadArchive, Manifest
from namro.config.kind import Kind, write_kind
from namro.config.readiness import restoring_mark
from namro.config.restore import CannotRestore, census, restore

pytestmark = pytest.mark.django_db


def counted(url: str) -> dict[str, int]:
    with psycopg.connect(url) as restored:
        return census(restored)


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


def light_of_lake() -> str:
    words, _ = _said(_namro("doctor", "--json"))
    [found] = [each["light"] for each in json.loads(words) if each["part"] == "lake"]
    return str(found)


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
