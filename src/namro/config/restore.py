"""`namro restore FILE`: a backup onto an empty place, wholly or not at all.

It comes before Django: which settings hold (demo or real) stands in the backup. While it runs a mark stands in the data
folder, by which every other command sees that the place is half made: namro.config.readiness.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from django.db.migrations.loader import MigrationLoader

from namro.config import archive, place
from namro.config.archive import BadArchive, Manifest
from namro.config.dump import undump
from namro.config.kind import Kind, decide_demo
from namro.config.lease import held
from namro.config.readiness import connected, database, restoring_mark
from namro.ground.numbers import format_number


class CannotRestore(Exception):
    """The place is not empty, or in use; the message says what to do."""


def restore(arguments: list[str]) -> None:
    """Check the backup, refuse a place that is not empty, then put everything in and compare the census."""
    file = _options(arguments).file
    manifest = archive.check(file)
    with _alone(), database(), connected() as connection:
        _decide_kind(manifest)
        _refuse_newer(manifest)
        if _is_finished(connection, manifest):
            _say(manifest)
            return
        _refuse_unless_empty(connection)
        _put_in(connection, file, manifest)
    _say(manifest)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="namro restore",
        description="Khôi phục một bản sao lưu vào nơi trống. / Restore a backup onto an empty place.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    return parser.parse_args(arguments)


@contextmanager
def _alone() -> Iterator[None]:
    """Keep `up` away from the place meanwhile, and refuse where it runs."""
    try:
        with held(place.make_data_folder() / "up.lock", wait=False):
            yield
    except BlockingIOError:
        raise CannotRestore(
            "Năm Rõ đang chạy ở nơi này; hãy khôi phục vào một thư mục trống khác (--data). / "
            "Năm Rõ runs here; restore onto another, empty folder."
        ) from None


def _decide_kind(manifest: Manifest) -> None:
    """Choose the settings by what the backup holds: a demo stays a demo."""
    decide_demo(Kind(manifest.kind) if manifest.kind else None)
    django.setup()


def _refuse_newer(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise BadArchive(
            f"Bản sao lưu của một phiên bản mới hơn ({unknown[-1]}); hãy nâng cấp chương trình trước. / "
            "The backup is of a newer version; upgrade the program first."
        )


def _refuse_unless_empty(connection: psycopg.Connection) -> None:
    full = ["cơ sở dữ liệu / database"] if _tables(connection) else []
    if restoring_mark().exists() and not full:
        _clear_own_rest()
    full += [name for name in archive.FOLDERS if _has_files(place.data_folder() / name)]
    if full:
        raise CannotRestore(
            f"Nơi này không trống ({', '.join(full)}): khôi phục không ghi đè lên gì cả. "
            "Hãy chọn thư mục khác bằng --data hoặc một cơ sở dữ liệu trống. / "
            "This place is not empty; restore overwrites nothing."
        )


def _tables(connection: psycopg.Connection) -> int:
    [count] = connection.execute(
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"
    ).fetchone() or [0]
    return int(count)


def _has_files(folder: Path) -> bool:
    return any(path.is_file() for path in folder.rglob("*"))


def _clear_own_rest() -> None:
    """Take away the files of an attempt that was cut short: the mark says that nothing else was here."""
    for name in (*archive.FOLDERS, "restoring.files"):
        shutil.rmtree(place.data_folder() / name, ignore_errors=True)


def _is_finished(connection: psycopg.Connection, manifest: Manifest) -> bool:
    """Whether an attempt was cut short after its very last step; then only its mark is left to take away."""
    if not (restoring_mark().exists() and _tables(connection) and census(connection) == manifest.census):
        return False
    restoring_mark().unlink()
    return True


def census(connection: psycopg.Connection) -> dict[str, int]:
    """Count the rows of a place that is being restored."""
    # Its module knows Django, which has its settings only now.
    from namro.flows.management.commands.census import count_all  # noqa: PLC0415

    with connection.cursor() as cursor:
        return count_all(cursor)


def _put_in(connection: psycopg.Connection, file: Path, manifest: Manifest) -> None:
    """Files first, the database last and at once: what is cut short leaves an empty database and the mark."""
    folder = place.data_folder()
    aside = folder / "restoring.files"
    _mark(file)
    archive.extract(file, manifest, aside)
    for name in archive.FOLDERS:
        if (aside / name).exists():
            shutil.rmtree(folder / name, ignore_errors=True)
            (aside / name).rename(folder / name)
    undump(connection.info, aside / archive.DATABASE)
    shutil.rmtree(aside)
    if census(connection) != manifest.census:
        raise BadArchive(
            "Số dòng sau khi khôi phục khác bản kê; nơi này không dùng được. / The census differs from the manifest."
        )
    restoring_mark().unlink()


def _mark(file: Path) -> None:
    with restoring_mark().open("w", encoding="utf-8") as mark:
        mark.write(f"{file.resolve()}\n")
        mark.flush()
        os.fsync(mark.fileno())


def _say(manifest: Manifest) -> None:
    rows, files = sum(manifest.census.values()), len(manifest.files) - 1
    sys.stdout.write(
        f"Đã khôi phục {format_number(rows)} dòng và {format_number(files)} tệp, như lúc {manifest.made_at}. "
        "Mọi người phải đăng nhập lại. / Restored; everybody signs in again.\n"
    )
