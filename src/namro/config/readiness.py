"""Making a place ready: a database that answers, tables of this version, and the demo where nothing is yet."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection as django_connection
from django.db.migrations.executor import MigrationExecutor

from namro.config import place
from namro.config.kind import Kind, decide_demo, read_kind, write_kind
from namro.config.lease import embedded_server
from namro.config.postgres import Cluster

# Takes how much is done (0 to 1) and what is being done.
Progress = Callable[[float, str], None]

# Any number, the same in every version: whoever makes this database ready holds it meanwhile.
READINESS_LOCK = 5_7_2025


class NoDatabase(Exception):
    """The database of DATABASE_URL does not answer."""


@contextmanager
def database() -> Iterator[Cluster | None]:
    """Have a database for the time of a `with`: DATABASE_URL's (yields None), else this place's own."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    with embedded_server() as cluster:
        yield cluster


@contextmanager
def readying() -> Iterator[psycopg.Connection]:
    """Connect as the owner of the tables; one process at a time makes ready, and none what is half restored."""
    if restoring_mark().exists():
        raise NoDatabase(
            "Lần khôi phục trước bị cắt ngang nên nơi này chưa đủ; hãy chạy lại namro restore. / "
            "A restore was cut short, this place is half made: run namro restore again."
        )
    with connected() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [READINESS_LOCK])
        yield connection


def restoring_mark() -> Path:
    """Return the file that stands in the data folder while a backup is being restored."""
    return place.data_folder() / "restoring"


@contextmanager
def connected() -> Iterator[psycopg.Connection]:
    """Connect outside Django, whose settings wait for what is found here; NoDatabase where nothing answers."""
    try:
        connection = psycopg.connect(place.owner_url(), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as fault:
        raise NoDatabase(
            f"Không kết nối được cơ sở dữ liệu. / The database does not answer: {fault}"
        ) from None
    with connection:
        yield connection


def choose_kind(connection: psycopg.Connection) -> bool:
    """Decide whether this is the demo, and only then let Django read its settings."""
    demo = decide_demo(read_kind(connection))
    django.setup()
    return demo


def migrate(report: Progress) -> None:
    """Bring the tables to this version where they are not."""
    executor = MigrationExecutor(django_connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        report(0, "Chuẩn bị các bảng")
        call_command("migrate", verbosity=0, interactive=False)


def load_first(connection: psycopg.Connection, report: Progress) -> None:
    """Fill an empty place: the demo and its day's river, or, for a real one, only the mark of its kind."""
    found = read_kind(connection)
    if not settings.DEMO:
        if found is None:
            write_kind(connection, Kind.REAL)
        return
    if found is Kind.DEMO:
        return
    # Marked before the first row: a load that was cut short is done again, and finds what it had written.
    write_kind(connection, Kind.DEMO_LOADING)
    load_demo(report)
    write_kind(connection, Kind.DEMO)


def load_demo(report: Progress) -> None:
    """Load the demo city and run the river for its day."""

    def loading(done: float, what: str) -> None:
        report(0.9 * done, what)

    loading(0, "Nạp gói dữ liệu Đà Nẵng")
    call_command("load", str(settings.DEMO_PACKAGE), verbosity=0, progress=loading)
    report(0.9, "Chạy dòng dữ liệu trong ngày")
    call_command("run_day", stdout=io.StringIO())
    report(1, "Xong")


def mark_loaded(connection: psycopg.Connection) -> None:
    """Note the kind of a place that was empty until somebody loaded a package by hand."""
    if read_kind(connection) is None:
        write_kind(connection, Kind.DEMO if settings.DEMO else Kind.REAL)
