"""The first load: once, whole, and never among real data."""

from typing import Any

import psycopg
import pytest
from django.db import connection

from namro.config import readiness
from namro.config.kind import Kind, read_kind, write_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def database() -> psycopg.Connection:
    connection.ensure_connection()
    return connection.connection


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The loads that were done."""
    done: list[str] = []
    monkeypatch.setattr(readiness, "load_demo", lambda report: done.append("demo"))
    return done


def silent(done: float, what: str) -> None:
    pass


def test_an_empty_place_is_filled_once(database: psycopg.Connection, loads: list[str]) -> None:
    assert read_kind(database) is None
    readiness.load_first(database, silent)
    readiness.load_first(database, silent)
    assert loads == ["demo"]
    assert read_kind(database) is Kind.DEMO


def test_a_first_load_that_was_cut_short_is_done_again(
    database: psycopg.Connection, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(report: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as power_cut:
        power_cut.setattr(readiness, "load_demo", cut_short)
        with pytest.raises(KeyboardInterrupt):
            readiness.load_first(database, silent)
    assert read_kind(database) is Kind.DEMO_LOADING
    readiness.load_first(database, silent)
    assert loads == ["demo"]
    assert read_kind(database) is Kind.DEMO


def test_a_real_place_gets_no_demo(database: psycopg.Connection, loads: list[str], settings: Any) -> None:
    settings.DEMO = False
    readiness.load_first(database, silent)
    assert loads == []
    assert read_kind(database) is Kind.REAL


def test_what_was_loaded_by_hand_is_not_loaded_over(database: psycopg.Connection, loads: list[str]) -> None:
    readiness.mark_loaded(database)
    readiness.load_first(database, silent)
    assert loads == []


def test_loading_by_hand_does_not_make_a_real_place_a_demo(database: psycopg.Connection) -> None:
    write_kind(database, Kind.REAL)
    readiness.mark_loaded(database)
    assert read_kind(database) is Kind.REAL
