"""The program's own database role: it reads and writes rows, and cannot change what is only appended to."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from namro.config import place
from namro.config.roles import differences, give_rights

pytestmark = pytest.mark.django_db
APPENDED = ("audit_entry", "audit_link", "tasks_moment", "sources_submission")
ROLE = "namro_test_app"


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """The test's own transaction, in which a role of its own was made; both are gone with it."""
    monkeypatch.setenv(place.PROGRAM_VARIABLE, f"postgresql://{ROLE}@/postgres")
    connection.ensure_connection()
    give_rights(connection.connection)
    yield connection.connection


@pytest.fixture
def as_program(database: psycopg.Connection) -> Callable[[str], None]:
    """Try a statement as the program does; nothing of it stays."""

    def attempt(statement: str) -> None:
        with database.transaction(force_rollback=True):
            database.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(ROLE)))
            database.execute(statement)  # type: ignore[call-overload]

    return attempt


@pytest.mark.parametrize("table", APPENDED)
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_it_cannot_change_what_is_appended(as_program: Callable[[str], None], table: str, act: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_program(
            act.format(table).replace(
                "SET id = id", "SET seq = seq" if table == "audit_link" else "SET id = id"
            )
        )


@pytest.mark.parametrize(
    "act",
    [
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_append_only ON audit_entry",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (a int)",
        "ALTER TABLE tasks_task ADD COLUMN a int",
        "DROP TABLE audit_link",
        "CREATE OR REPLACE FUNCTION namro_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "DELETE FROM django_migrations",
    ],
)
def test_it_cannot_take_the_guards_away(as_program: Callable[[str], None], act: str) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.WrongObjectType)):
        as_program(act)


def test_it_reads_and_writes_rows(as_program: Callable[[str], None]) -> None:
    as_program("SELECT count(*) FROM audit_entry")
    as_program(
        "INSERT INTO audit_entry (at, day, by_name, verb, kind, key, label, unit_code, ground) "
        "VALUES (now(), now(), '', 'v', 'k', '1', '', '', '')"
    )
    as_program("INSERT INTO django_session VALUES ('k', '', now())")
    as_program("UPDATE tasks_task SET version = version; DELETE FROM tasks_tally; DELETE FROM django_session")
    as_program("LOCK TABLE tasks_tally IN EXCLUSIVE MODE")
    as_program("SELECT procrastinate_defer_jobs_v1(ARRAY[]::procrastinate_job_to_defer_v1[])")


def test_whatever_carries_the_trigger_is_appended_only(database: psycopg.Connection) -> None:
    guarded = {
        name
        for (name,) in database.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc f ON f.oid = t.tgfoid WHERE f.proname = 'namro_refuse_change'"
        )
    }
    assert set(APPENDED) <= guarded
    for table in guarded:
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            [has] = database.execute(
                "SELECT has_table_privilege(%s, %s, %s)", [ROLE, table, right]
            ).fetchone() or [True]
            assert not has, (table, right)


def test_rights_are_set_again_where_they_are_not_as_meant(database: psycopg.Connection) -> None:
    assert differences(database, ROLE) == []
    database.execute(f"GRANT DELETE ON audit_entry TO {ROLE}")
    database.execute(f"REVOKE SELECT ON tasks_task FROM {ROLE}")  # noqa: S608
    assert [(each.table, each.wanted) for each in differences(database, ROLE)] == [
        ("audit_entry", False),
        ("tasks_task", True),
    ]
    give_rights(database)
    assert differences(database, ROLE) == []


def test_a_table_made_later_gets_its_rights(database: psycopg.Connection) -> None:
    database.execute("CREATE TABLE later (id bigserial)")
    give_rights(database)
    assert differences(database, ROLE) == []


def test_the_owner_himself_is_too_strong_and_a_stranger_unknown(database: psycopg.Connection) -> None:
    assert {each.table for each in differences(database, database.info.user)} >= set(APPENDED)
    with pytest.raises(KeyError):
        differences(database, "nobody-of-that-name")


def test_where_only_one_database_url_is_given_nothing_is_done(
    database: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(place.PROGRAM_VARIABLE)
    monkeypatch.setenv(place.OWNER_VARIABLE, f"postgresql://{database.info.user}@/postgres")
    database.execute("CREATE TABLE later (id bigserial)")
    give_rights(database)
    assert [each.table for each in differences(database, ROLE)] == ["later"] * 4
