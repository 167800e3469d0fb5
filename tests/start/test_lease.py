"""The embedded server is shared: the first starts it, the last stops it, a killed one is no bother."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from namro.config import place
from namro.config.lease import embedded_server, start_again
from namro.config.postgres import Cluster


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[Cluster]:
    """A place of its own for this module."""
    before, folder = os.environ["NAMRO_DATA"], tempfile.mkdtemp(prefix="namro-lease-")
    os.environ["NAMRO_DATA"] = folder
    yield Cluster.of_place()
    os.environ["NAMRO_DATA"] = before
    shutil.rmtree(folder)


def test_the_last_to_leave_stops_the_server(cluster: Cluster) -> None:
    with embedded_server():
        first = cluster.pid()
        with embedded_server():
            assert cluster.pid() == first is not None
        assert cluster.pid() == first
    assert cluster.pid() is None


def test_vietnamese_is_folded_the_same_on_every_machine(cluster: Cluster) -> None:
    with embedded_server(), _connect() as connection:
        assert connection.execute("SELECT lower('ĐÀ NẴNG')").fetchone() == ("đà nẵng",)


def test_a_killed_server_starts_again_with_what_was_committed(cluster: Cluster) -> None:
    with embedded_server():
        with _connect() as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        killed = cluster.pid()
        assert killed
        os.kill(killed, signal.SIGKILL)
        _start_again(cluster)
        assert cluster.pid() != killed
        with _connect() as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_server_nobody_stopped_is_joined_and_then_stopped(cluster: Cluster) -> None:
    cluster.start()  # as if its user had been killed: running, but nobody holds a lease
    left = cluster.pid()
    with embedded_server():
        assert cluster.pid() == left
    assert cluster.pid() is None


def test_a_pid_file_whose_number_was_given_to_another_program_is_no_bother(cluster: Cluster) -> None:
    for file in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (cluster.folder / file).write_text(f"{os.getpid()}\n{cluster.folder}\n")
    assert cluster.pid() is None
    with embedded_server():
        assert cluster.pid() not in {None, os.getpid()}


def test_nobody_else_may_enter_the_data(cluster: Cluster) -> None:
    assert cluster.folder.stat().st_mode & 0o077 == 0
    assert Path(os.environ["NAMRO_DATA"]).stat().st_mode & 0o066 == 0


def _connect() -> psycopg.Connection:
    return psycopg.connect(place.embedded_url())


def _start_again(cluster: Cluster) -> None:
    """Start again as the supervisor does: when it is seen to be gone."""
    while cluster.pid() is not None:
        time.sleep(0.05)
    start_again(cluster)
