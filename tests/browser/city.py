"""The demo city as a newcomer starts it: `namro up` on a database and a folder of its own, thrown away afterwards.

A process of its own, so that what people do in these tests meets no other test, and so that what is looked at is what
is shipped: the real web server, the built static files, the policy, the worker of the jobs.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import yaml
from tests.ports import free_port

from namro.config import place

PEOPLE = Path(__file__).parents[2] / "packages" / "danang" / "demo" / "people.yaml"
DATABASE = f"namro_city_{os.getpid()}"
# Of the thirty sources of the operations centre so many as show every form of chart; pictures show them all.
SOURCES = "kham_benh,mua_muc_nuoc,ho_so_mot_cua,phan_anh_1022,truong_hoc"
SECONDS = 600  # a busy machine may take long; nothing here is measured
TESTS_OWN = ("NAMRO_", "DJANGO_", "DATABASE_URL", "SECRET_KEY")


@dataclass(frozen=True)
class City:
    """Where the running demo is found, and what its people type to come in."""

    port: int
    database_url: str

    @property
    def url(self) -> str:
        """Its own address; whatever else a page asks is a stranger."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """The one password of all demo accounts."""
        return str(yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))["password"])

    def ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """Look into the city's tables, to find what a page should show."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            return connection.execute(question, values).fetchall()


@contextmanager
def running_city() -> Iterator[City]:
    """Start the demo, wait for its first page, yield it, end it."""
    server = os.environ.get("DATABASE_URL") or place.embedded_url()
    city = City(free_port(), urlsplit(server)._replace(path=f"/{DATABASE}").geturl())
    folder = Path(tempfile.mkdtemp(prefix="namro-city-"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")  # type: ignore[call-overload]
        process = _up(city, folder)
        try:
            _wait(city, process, folder)
            yield city
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(SECONDS)
            connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")  # type: ignore[call-overload]
            shutil.rmtree(folder, ignore_errors=True)


def _up(city: City, folder: Path) -> subprocess.Popen[bytes]:
    """Start the program without what the tests set for themselves; its words go into a file."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(TESTS_OWN)}
    # The web server and the worker come by the role that may least, as they do where people work.
    program = city.database_url.replace("//postgres@", "//namro_app@", 1)
    environment |= {
        "NAMRO_DATA": str(folder),
        "DATABASE_URL": city.database_url,
        "NAMRO_APP_DATABASE_URL": program,
        "NAMRO_DEMO_CENTRE": "all" if os.environ.get("NAMRO_PICTURES") else SOURCES,
    }
    command = [sys.executable, "-m", "namro", "up", "--port", str(city.port)]
    with (folder / "words").open("wb") as words:
        return subprocess.Popen(command, env=environment, stdout=words, stderr=subprocess.STDOUT)


def _wait(city: City, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + SECONDS
    while not _answers(city):
        words = (folder / "words").read_text(encoding="utf-8", errors="replace")[-2000:]
        assert process.poll() is None, words
        assert time.monotonic() < until, words
        time.sleep(0.3)


def _answers(city: City) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{city.port}/suc-khoe", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
