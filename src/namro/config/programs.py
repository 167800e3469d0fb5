"""The programs `up` starts: how each is called, and with which environment."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from namro.config import place
from namro.config.postgres import DatabaseFault
from namro.config.supervisor import Child

MOST_WEB_PROCESSES = 8
STATIC_SOURCE = Path(__file__).resolve().parent.parent / "static"


def web_server(host: str, port: int) -> Child:
    """Return Granian as WSGI, one process a core."""
    cores = len(os.sched_getaffinity(0))
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    command += ["--host", host, "--port", str(port), "--workers", str(min(cores, MOST_WEB_PROCESSES))]
    command += ["--blocking-threads", "3", "--respawn-failed-workers", "--workers-kill-timeout", "5"]
    return _child("web", [*command, "--log-level", "warning", "namro.config.wsgi:application"])


def job_worker() -> Child:
    """Return the worker of the job queue."""
    # A job that went well leaves nothing: those that run each minute would fill the table.
    return _child(
        "jobs", [sys.executable, "-m", "namro", "procrastinate", "worker", "--delete-jobs", "successful"]
    )


def _child(name: str, command: list[str]) -> Child:
    return Child(name, command, _environment(), place.data_folder() / "logs" / f"{name}.log")


def _environment() -> dict[str, str]:
    """Our environment, the database role that may least, and what the children need not find out again."""
    return {
        **os.environ,
        "DATABASE_URL": place.program_url(),
        "NAMRO_SUPERVISED": "1",
        "NAMRO_STATIC_IS_BUILT": "1",
    }


@contextmanager
def build_static_files() -> Iterator[None]:
    """Hash and compress the static files while the `with` goes on, unless they are built already."""
    stamp = place.data_folder() / "static.stamp"
    wanted = _digest(STATIC_SOURCE)
    if stamp.exists() and stamp.read_text() == wanted:
        yield
        return
    command = [sys.executable, "-m", "namro", "collectstatic", "--no-input", "--clear", "--verbosity", "0"]
    builder = subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        yield
    except BaseException:
        builder.kill()
        raise
    words, _ = builder.communicate()
    if builder.returncode:
        raise DatabaseFault(f"Không dựng được tệp tĩnh. / Static files:\n{words.decode()[-2000:]}")
    stamp.write_text(wanted)


def _digest(folder: Path) -> str:
    """Return a mark that changes when a file of the folder does, without reading them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    marks = [f"{path.relative_to(folder)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()
