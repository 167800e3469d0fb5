"""A backup: one consistent moment, for its owner only, and what is not one is refused."""

import json
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from tests.start.conftest import Source, files_below

from namro.config import archive
from namro.config.archive import BadArchive, Manifest
from namro.config.backup import STAMP, back_up

pytestmark = pytest.mark.django_db


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
