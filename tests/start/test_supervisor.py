"""The supervisor starts a dead child again, each time a little later, and ends the ones that will not."""

import os
import sys
from pathlib import Path

import pytest

from namro.config import supervisor
from namro.config.supervisor import Child, end, wait_until


def child(tmp_path: Path, code: str) -> Child:
    return Child("con", [sys.executable, "-c", code], dict(os.environ), tmp_path / "logs" / "con.log")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that the test moves."""
    now = [1000.0]
    monkeypatch.setattr(supervisor.time, "monotonic", lambda: now[0])
    return now


def test_a_dying_child_is_started_later_and_later(tmp_path: Path, clock: list[float]) -> None:
    dying = child(tmp_path, "raise SystemExit(1)")
    dying.start()
    for delay in (0.5, 1.0, 2.0):
        dead = dying.process
        assert dead
        dead.wait()
        clock[0] += delay - 0.1
        dying.look_after()
        assert dying.process is dead
        clock[0] += 0.2
        dying.look_after()
        assert dying.process is not dead
    end([dying])


def test_one_that_lived_well_is_started_at_once(tmp_path: Path, clock: list[float]) -> None:
    well = child(tmp_path, "pass")
    well.delay = 30.0
    well.start()
    dead = well.process
    assert dead
    dead.wait()
    clock[0] += 61
    well.look_after()
    assert well.process is not dead
    end([well])


def test_one_that_does_not_end_when_asked_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "SECONDS_TO_END", 0.2)
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    stubborn = child(tmp_path, code)
    stubborn.start()
    assert wait_until(lambda: "up" in stubborn.last_words(), stubborn, 30)
    end([stubborn])
    assert stubborn.process
    assert stubborn.process.returncode == -9


def test_waiting_ends_when_the_child_dies(tmp_path: Path) -> None:
    dying = child(tmp_path, "print('vì sao', flush=True); raise SystemExit(1)")
    dying.start()
    assert not wait_until(lambda: False, dying, 30)
    assert dying.last_words() == "vì sao"


def test_a_grown_log_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LARGEST_LOG", 10)
    wordy = child(tmp_path, "print('a' * 50)")
    for _ in range(2):
        wordy.start()
        assert wordy.process
        wordy.process.wait()
    assert (tmp_path / "logs" / "con.log.1").stat().st_size > 10
    assert wordy.last_words() == "a" * 50
