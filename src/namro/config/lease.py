"""Sharing the embedded server: who needs it holds a lease, the last to leave stops it.

Leases are locks of the kernel, so that a process that was killed has given its lease back.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from namro.config import place
from namro.config.postgres import Cluster


@contextmanager
def embedded_server() -> Iterator[Cluster]:
    """Join this place's running server, or start it; when the last one leaves, the server stops."""
    cluster = Cluster.of_place()
    users = os.open(place.make_data_folder() / "postgres.users", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with _gate():
            fcntl.flock(users, fcntl.LOCK_SH)
            cluster.start()
        yield cluster
    finally:
        with _gate():
            if _is_last(users):
                cluster.stop()
        os.close(users)


def start_again(cluster: Cluster) -> None:
    """Start a leased server that was killed; it recovers what was committed."""
    with _gate():
        cluster.start()


@contextmanager
def _gate() -> Iterator[None]:
    """One at a time starts, joins or leaves."""
    with held(place.data_folder() / "postgres.gate"):
        yield


@contextmanager
def held(file: Path, *, wait: bool = True) -> Iterator[int]:
    """Hold a lock file and yield its descriptor; BlockingIOError when it is taken and we do not wait."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield descriptor
    finally:
        os.close(descriptor)


def _is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
