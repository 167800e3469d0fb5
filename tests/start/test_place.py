"""Where a place keeps its things, and who may read them."""

import os
from pathlib import Path

import pytest

from namro.config import place


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NAMRO_DATA", str(tmp_path / "place"))
    return tmp_path / "place"


def test_the_key_of_the_demo_is_random_kept_and_its_owners_only(folder: Path) -> None:
    first = place.demo_secret_key()
    assert len(first) >= 50
    assert place.demo_secret_key() == first
    assert (folder / "demo-secret-key").stat().st_mode & 0o777 == 0o600


def test_two_places_have_two_keys(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = place.demo_secret_key()
    monkeypatch.setenv("NAMRO_DATA", str(tmp_path / "other"))
    assert place.demo_secret_key() != first


def test_the_socket_is_beside_the_database_unless_its_path_is_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NAMRO_DATA", "/srv/namro")
    assert place.socket_folder() == place.cluster_folder()
    monkeypatch.setenv("NAMRO_DATA", "/srv/" + "đ" * 60)
    assert place.socket_folder() != place.cluster_folder()
    assert len(os.fsencode(place.socket_folder() / place.SOCKET_NAME)) <= place.LONGEST_SOCKET


def test_two_long_places_have_two_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMRO_DATA", "/srv/" + "a" * 120)
    first = place.socket_folder()
    monkeypatch.setenv("NAMRO_DATA", "/srv/" + "b" * 120)
    assert place.socket_folder() != first
