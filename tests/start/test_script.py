"""The front door `./namro`: what it installs, when, and what it says to a machine that cannot."""

import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, on a checkout of its own that has no .venv yet."""
    loader = SourceFileLoader("front_door", str(ROOT / "namro"))
    spec = spec_from_loader("front_door", loader)
    assert spec
    module = module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    (tmp_path / "requirements").mkdir()
    for name in ("core", "test"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1")
    monkeypatch.setattr(module, "LOCKS", tmp_path / "requirements")
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "make_venv", lambda: (tmp_path / ".venv").mkdir(exist_ok=True))
    monkeypatch.setattr(module, "ensure_pango", lambda: None)
    return module


def test_it_needs_nothing_but_the_standard_library() -> None:
    command = [sys.executable, "-I", "-S", "-c", "import runpy; runpy.run_path('namro')"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def test_an_old_python_is_told_in_two_languages(
    door: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(door.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match="1"):
        door.refuse_old_python()
    said = capsys.readouterr().err
    assert "Cần Python 3.11" in said
    assert "Python 3.11 or newer" in said


def test_a_lock_is_installed_once_and_again_when_it_has_changed(
    door: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[list[str]] = []
    monkeypatch.setattr(door, "install", installed.append)
    door.prepare(["core"])
    door.prepare(["core"])
    door.prepare(["core", "test"])
    (door.LOCKS / "core.txt").write_text("core==2")
    door.prepare(["core", "test"])
    assert installed == [["core"], ["test"], ["core"]]


def test_an_install_that_failed_is_tried_again(door: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(names: list[str]) -> None:
        sys.exit(1)

    monkeypatch.setattr(door, "install", fail)
    with pytest.raises(SystemExit):
        door.prepare(["core"])
    installed: list[list[str]] = []
    monkeypatch.setattr(door, "install", installed.append)
    door.prepare(["core"])
    assert installed == [["core"]]


def test_without_apt_the_missing_packages_are_named(
    door: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(door.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="1"):
        door.find_browser()
    assert "sudo apt install chromium" in capsys.readouterr().err


def test_every_locked_file_has_its_hash_and_no_host() -> None:
    for lock in ROOT.glob("requirements/*.txt"):
        text = lock.read_text()
        assert "://" not in text, lock
        for line in text.splitlines():
            if "==" in line and not line.startswith((" ", "#")):
                assert line.endswith("\\"), f"{lock}: {line} has no hash"
