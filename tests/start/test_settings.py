"""What the settings demand outside the demo, and what they allow in it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from namro.config import memory
from namro.config.progress import ProgressBar
from namro.config.sessions import SECONDS_BETWEEN_WRITES, SEEN, IdleSessionMiddleware

ASKED = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_HSTS_SECONDS ALLOWED_HOSTS DEBUG".split()


def settings_with(folder: Path, **environment: str) -> dict[str, Any]:
    """Read the settings in a process of their own, as a start of the program does."""
    wanted = f"{{name: getattr(settings, name) for name in {ASKED}}}"
    code = f"import json; from namro.config import settings; print(json.dumps({wanted}))"
    own = {"PATH": os.environ["PATH"], "NAMRO_DATA": str(folder), **environment}
    done = subprocess.run([sys.executable, "-c", code], env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_real_place_sends_its_cookies_over_https_only(tmp_path: Path) -> None:
    real = settings_with(tmp_path, NAMRO_DEMO="0", SECRET_KEY="long", ALLOWED_HOSTS="namro.example")
    assert real["SESSION_COOKIE_SECURE"]
    assert real["CSRF_COOKIE_SECURE"]
    assert real["SECURE_HSTS_SECONDS"] > 0
    assert real["ALLOWED_HOSTS"] == ["namro.example"]
    assert not real["DEBUG"]


def test_the_demo_answers_to_this_machine_only_and_shows_no_traces(tmp_path: Path) -> None:
    demo = settings_with(tmp_path)
    assert demo["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert not demo["SESSION_COOKIE_SECURE"]
    assert not demo["DEBUG"]


@pytest.mark.django_db
def test_every_page_carries_the_strict_policy(client) -> None:
    policy = client.get("/suc-khoe").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("seconds", [0, SECONDS_BETWEEN_WRITES - 60])
def test_a_session_is_not_written_on_every_page(rf, seconds: int) -> None:
    session = visited(rf, {"_auth_user_id": "1", SEEN: now() - seconds})
    assert session[SEEN] == now() - seconds


def test_a_session_in_use_is_prolonged(rf, _touched: list[str]) -> None:
    session = visited(rf, {"_auth_user_id": "1", SEEN: now() - SECONDS_BETWEEN_WRITES - 60})
    assert session[SEEN] == now()
    assert _touched == ["mine"]


def test_a_stranger_gets_no_session(rf) -> None:
    assert visited(rf, {}) == {}


def visited(rf, session: dict[str, Any]) -> dict[str, Any]:
    """Return a session after a page."""
    request = rf.get("/")
    request.session = Kept(session)
    IdleSessionMiddleware(lambda request: None)(request)
    return dict(request.session)


class Kept(dict):
    """A session as the middleware uses it."""

    session_key = "mine"


@pytest.fixture(autouse=True)
def _touched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sessions whose visit was put down as seen."""
    keys: list[str] = []
    monkeypatch.setattr("namro.config.sessions.touch_visit", keys.append)
    return keys


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("namro.config.sessions.time.time", lambda: float(now()))


def now() -> int:
    return 1_800_000_000


@pytest.mark.parametrize(("machine", "buffers"), [(256, "64MB"), (4096, "512MB"), (262_144, "2048MB")])
def test_the_database_takes_its_share_of_the_machine(
    machine: int, buffers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "usable_memory", lambda: machine * memory.MB)
    assert memory.server_settings()["shared_buffers"] == buffers


def test_a_container_s_limit_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(memory, "CONTAINER_LIMIT", limit)
    limit.write_text("268435456\n")
    assert memory.usable_memory() == 256 * memory.MB
    limit.write_text("max\n")
    assert memory.usable_memory() > 256 * memory.MB


def test_progress_without_a_terminal_is_a_line_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    part = ProgressBar().part(0.2, 0.6)
    part(0, "đơn vị")
    part(0.25, "đơn vị")
    part(1, "nhiệm vụ")
    assert capsys.readouterr().out == " 20% đơn vị\n 60% nhiệm vụ\n"
