"""`namro backup FILE`: database, uploaded files and lake of one moment in one file, while the place goes on working."""

import json
import os
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from namro.audit.actions import seal
from namro.audit.queries import head
from namro.config import archive
from namro.config.archive import Manifest, Writer
from namro.config.dump import dump
from namro.config.kind import read_kind
from namro.flows.management.commands.census import census
from namro.ground.clock import VIETNAM
from namro.lake.catalogue import locked
from namro.lake.keeping import CLEARING

STAMP = "last-backup.json"
PROJECT = Path(settings.PACKAGE).parent.parent / "pyproject.toml"


def back_up(file: Path, *, data: Path) -> Manifest:
    """Write a backup; returns what it holds. FileExistsError where the file is there already."""
    if file.exists():
        raise FileExistsError(file)
    seal()
    with (
        locked(CLEARING, shared=True),
        archive.writing(file) as writer,
        tempfile.TemporaryDirectory(dir=file.parent, prefix=".namro-") as aside,
    ):
        told, wanted = _add_database(writer, Path(aside) / archive.DATABASE)
        faulty = [name for name, known in wanted if not _add_file(writer, name, known)]
        _add_lake(writer, data / "lake")
        manifest = Manifest(**told, files=writer.files, faulty=faulty)
        writer.close(manifest)
    _note(file, data, manifest)
    return manifest


def _add_database(writer: Writer, aside: Path) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Dump one snapshot; returns what the manifest tells of it and the files it names, each with its known hash."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        dump(connection.connection.info, snapshot=cursor.fetchone()[0], file=aside)
        told, wanted = _told(), sorted(set(named_files()))
    with aside.open("rb") as stream:
        writer.add(archive.DATABASE, stream, aside.stat().st_size)
    aside.unlink()
    return told, wanted


def _told() -> dict[str, Any]:
    kind, end = read_kind(connection.connection), head()
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "format": archive.FORMAT,
        "program": tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"],
        "made_at": now().isoformat(timespec="seconds"),
        "kind": kind.value if kind else "",
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "census": census(),
        "checkpoint": str(end or ""),
    }


def named_files() -> Iterator[tuple[str, str]]:
    """Yield every uploaded file that the database names, with the hash it was taken in with (empty: not kept)."""
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.concrete_fields}
        known = models.F("sha256") if "sha256" in fields else models.Value("")
        for name in (name for name, field in fields.items() if isinstance(field, models.FileField)):
            rows = model._base_manager.exclude(**{name: ""}).exclude(**{name: None})
            yield from rows.values_list(name, known).iterator()


def _add_file(writer: Writer, name: str, known: str) -> bool:
    """Put an uploaded file in; False where it is not there or not what was sent in."""
    try:
        with default_storage.open(name) as stream:
            written = writer.add(f"media/{name}", stream, stream.size)
    except OSError:
        return False
    return known in {"", written}


def _add_lake(writer: Writer, folder: Path) -> None:
    """Put the lake in: its files are written once, and the snapshot's catalogue says which of them count.

    One that is gone when we come to it was of a load that was given up meanwhile.
    """
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with suppress(FileNotFoundError), path.open("rb") as stream:
            writer.add(f"lake/{path.relative_to(folder)}", stream, os.fstat(stream.fileno()).st_size)


def _note(file: Path, data: Path, manifest: Manifest) -> None:
    """Leave word of the last backup, for `namro doctor`."""
    told = {"at": time.time(), "file": str(file.resolve()), "faulty": len(manifest.faulty)}
    stamp = data / f"{STAMP}.new"
    stamp.write_text(json.dumps(told), encoding="utf-8")
    os.replace(stamp, data / STAMP)  # noqa: PTH105 - replace, in one step


def now() -> datetime:
    """Return the real moment, also on a fixed day of the demo: a copy is as old as it is."""
    return datetime.fromtimestamp(time.time(), VIETNAM)
