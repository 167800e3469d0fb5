"""`namro up` as real processes: it starts, it heals, it ends, and nothing that was written is lost."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
import pytest
from tests.ports import free_port

SECONDS = 600  # a busy machine may take long; nothing here is measured
TESTS_OWN = ("NAMRO_", "DJANGO_", "DATABASE_URL", "SECRET_KEY")


@dataclass
class Place:
    """A data folder and the program that runs on it."""

    folder: Path
    port: int
    key: str = "a long random string for a test of a real place"
    program: subprocess.Popen[str] | None = None
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def up(self, *options: str) -> subprocess.Popen[str]:
        """Start the program without waiting; what it says is read by its end."""
        return self.run("up", "--port", str(self.port), *options)

    def run(self, *arguments: str) -> subprocess.Popen[str]:
        """Start any command on this place."""
        # None of what the tests set for themselves: the program as a newcomer starts it.
        environment = {name: value for name, value in os.environ.items() if not name.startswith(TESTS_OWN)}
        environment |= {"NAMRO_DATA": str(self.folder), "SECRET_KEY": self.key}
        command = [sys.executable, "-m", "namro", *arguments]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.running.append(process)
        return process

    def up_and_answering(self) -> psutil.Process:
        """Start a real place (no demo) and wait for its first page."""
        process = self.program = self.up("--no-demo")
        wait_for(lambda: self.answers() or process.poll() is not None)
        assert process.poll() is None, process.communicate()[0]
        return psutil.Process(process.pid)

    def answers(self) -> bool:
        """Say whether the health page answers 200."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/suc-khoe", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def servers(self) -> list[psutil.Process]:
        """Return the database servers that run on this folder."""
        mark = f"/postgres -D {self.folder}/postgres "
        found = {process.pid: process for process in psutil.process_iter() if mark in _command(process)}
        # A server's child, just forked for a connection, bears its parent's words until it has chosen its own.
        return [process for process in found.values() if _parent(process) not in found]

    def connect(self) -> psycopg.Connection:
        """Connect to the database as a stranger to the program would."""
        return psycopg.connect(
            f"postgresql://postgres@/postgres?host={self.folder}/postgres", autocommit=True
        )

    def end(self) -> None:
        """End whatever a failed test has left."""
        for process in self.running:
            process.kill()
            process.wait()
        for server in self.servers():
            server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    place = Place(Path(tempfile.mkdtemp(prefix="namro-up-")), free_port())
    yield place
    place.end()


@pytest.fixture(scope="module")
def running(place: Place) -> psutil.Process:
    """The program on a place of real data, started once; the tests of `kill -9` put others in its stead."""
    return place.up_and_answering()


@pytest.fixture(scope="module")
def empty() -> Iterator[Place]:
    place = Place(Path(tempfile.mkdtemp(prefix="namro-up-")), free_port())
    yield place
    place.end()


def test_a_place_started_without_the_demo_is_marked_as_real(place: Place, running: psutil.Process) -> None:
    with place.connect() as connection:
        comment = connection.execute("SELECT obj_description('django_migrations'::regclass)").fetchone()
    assert comment == ("real",)


def test_a_second_up_on_the_same_place_is_refused_and_harms_nothing(
    place: Place, running: psutil.Process
) -> None:
    before = {running, *running.children(recursive=True), *place.servers()}
    words, code = said(place.up("--no-demo"))
    assert code == 1
    assert f"http://127.0.0.1:{place.port} (pid {running.pid})" in words
    assert {running, *running.children(recursive=True), *place.servers()} >= before
    # A web worker that still starts lets a caller wait: on a busy machine longer than one call does.
    wait_for(place.answers)


def test_another_command_joins_the_running_server(place: Place, running: psutil.Process) -> None:
    before = place.servers()
    words, code = said(place.run("census"))
    assert code == 0, words
    assert json.loads(words)["organisation_unit"] == 0
    assert place.servers() == before


@pytest.mark.parametrize("part", ["web", "web_worker", "jobs", "server"])
def test_a_dead_part_comes_back_by_itself(place: Place, running: psutil.Process, part: str) -> None:
    write_row(place, part)
    find = PARTS[part]
    dead = find(running, place)
    assert dead
    dead.kill()
    wait_for(lambda: find(running, place) not in {None, dead} and place.answers())
    assert len(place.servers()) == 1
    assert has_row(place, part)


def test_after_kill_9_up_again_loses_nothing_and_joins_the_one_server(
    place: Place, running: psutil.Process
) -> None:
    server = place.servers()[0]
    killed_and_up_again(place, running)
    assert place.servers() == [server]


def test_after_kill_9_of_everything_up_again_loses_nothing(place: Place, running: psutil.Process) -> None:
    server = place.servers()[0]
    killed_and_up_again(place, psutil.Process(place.program.pid), server)
    assert len(place.servers()) == 1
    assert place.servers() != [server]


def test_ctrl_c_ends_everything(place: Place, running: psutil.Process) -> None:
    supervisor = psutil.Process(place.program.pid)
    family = [supervisor, *supervisor.children(recursive=True), *place.servers()]
    assert len(family) >= 5  # supervisor, web, its workers, jobs, database
    supervisor.send_signal(signal.SIGINT)
    assert place.program.wait(SECONDS) == 0
    wait_for(lambda: not any(map(lives, family)))
    assert place.servers() == []


def test_another_command_starts_the_server_for_its_own_time(place: Place) -> None:
    words, code = said(place.run("census"))
    assert code == 0, words
    assert json.loads(words)["organisation_unit"] == 0
    # Whoever held the shared place before this test may be a moment slower in letting go.
    wait_for(lambda: place.servers() == [])


def test_a_taken_port_is_refused(place: Place) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        words, code = said(place.up("--no-demo", "--port", str(other.getsockname()[1])))
    assert code == 1
    assert "--port" in words
    assert "Traceback" not in words


def test_the_demo_is_not_opened_to_the_network(empty: Place) -> None:
    words, code = said(empty.up("--host", "0.0.0.0"))
    assert code == 1
    assert "127.0.0.1" in words
    assert "mật khẩu" in words
    assert empty.servers() == []


def test_a_real_place_wants_its_own_key(empty: Place) -> None:
    empty.key = ""
    words, code = said(empty.up("--no-demo"))
    assert code == 1
    assert "SECRET_KEY" in words
    assert "Traceback" not in words
    assert empty.servers() == []


def killed_and_up_again(place: Place, supervisor: psutil.Process, *others: psutil.Process) -> None:
    """Write a row, kill -9, start again, and look for the row."""
    # The server goes on without the program; one just started still counts as a child of what started it.
    servers = [each for server in place.servers() for each in (server, *server.children())]
    children = [child for child in supervisor.children(recursive=True) if child not in servers]
    write_row(place, f"before {supervisor.pid}")
    for process in (supervisor, *others):
        process.kill()
    place.program.wait()
    wait_for(lambda: not any(map(lives, children)))
    assert not place.answers()  # no orphan keeps the port
    place.up_and_answering()
    assert has_row(place, f"before {supervisor.pid}")


def web(supervisor: psutil.Process, place: Place) -> psutil.Process | None:
    return child(supervisor, "granian")


def web_worker(supervisor: psutil.Process, place: Place) -> psutil.Process | None:
    main = child(supervisor, "granian")
    # Whichever way Python starts them, the helper that keeps track of shared memory is none of them.
    workers = [process for process in main.children() if "tracker" not in _command(process)] if main else []
    return workers[-1] if workers else None


def jobs(supervisor: psutil.Process, place: Place) -> psutil.Process | None:
    return child(supervisor, "procrastinate")


def server(supervisor: psutil.Process, place: Place) -> psutil.Process | None:
    return next(iter(place.servers()), None)


PARTS = {"web": web, "web_worker": web_worker, "jobs": jobs, "server": server}


def child(parent: psutil.Process, word: str) -> psutil.Process | None:
    return next((process for process in parent.children() if word in _command(process)), None)


def lives(process: psutil.Process) -> bool:
    """Whether it runs still; one that has ended and that nobody has asked about does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _parent(process: psutil.Process) -> int:
    """The number of its parent, 0 for one that has ended meanwhile."""
    try:
        return process.ppid()
    except psutil.Error:
        return 0


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it has just ended
        return ""


def said(process: subprocess.Popen[str]) -> tuple[str, int]:
    words, _ = process.communicate(timeout=SECONDS)
    return words, process.returncode


def write_row(place: Place, key: str) -> None:
    with place.connect() as connection:
        connection.execute("INSERT INTO django_session VALUES (%s, '', now())", [key])


def has_row(place: Place, key: str) -> bool:
    with place.connect() as connection:
        return (
            connection.execute("SELECT 1 FROM django_session WHERE session_key = %s", [key]).fetchone()
            is not None
        )


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
