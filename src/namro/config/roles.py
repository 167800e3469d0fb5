"""The two roles of the database: the owner makes the tables, the program may only read and write their rows.

Of tables that are appended to (those whose trigger refuses changes), it may not change or delete one: ADR 0016.
"""

from typing import NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from namro.config import place

# Every table with what the program should be able to do there; append-only is whatever carries the trigger for it.
RIGHTS = """
WITH ours AS (
    SELECT c.oid, c.relname::text AS name,
        c.relname = 'django_migrations' AS is_owners,
        EXISTS (SELECT FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
                WHERE t.tgrelid = c.oid AND f.proname = 'namro_refuse_change') AS is_appended
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
), meant (name, oid, privilege, wanted) AS (
    SELECT name, oid, 'SELECT', true FROM ours
    UNION ALL SELECT name, oid, 'INSERT', NOT is_owners FROM ours
    UNION ALL SELECT name, oid, unnest(ARRAY['UPDATE', 'DELETE']), NOT (is_owners OR is_appended) FROM ours
    UNION ALL SELECT name, oid, unnest(ARRAY['TRUNCATE', 'TRIGGER', 'REFERENCES']), false FROM ours
)
SELECT name, privilege, wanted FROM meant
WHERE has_table_privilege(%(role)s, oid, privilege) <> wanted ORDER BY name, privilege"""


class Difference(NamedTuple):
    """A right that the program's role lacks (`wanted`) or has too much."""

    table: str
    privilege: str
    wanted: bool


def differences(connection: psycopg.Connection, role: str) -> list[Difference]:
    """Return where a role's rights are not as they should be; KeyError where there is no such role."""
    if not _exists(connection, role):
        raise KeyError(role)
    return [Difference(*row) for row in connection.execute(RIGHTS, {"role": role})]


def give_rights(connection: psycopg.Connection) -> None:
    """Make the program's role where it is missing, and its rights on every table what they should be.

    Does nothing where the owner's own role is all there is (DATABASE_URL alone): `namro doctor` tells.
    """
    asked = conninfo_to_dict(place.program_url())
    role = str(asked.get("user") or "")
    if role in {"", connection.info.user}:
        return
    with connection.transaction():
        if not _exists(connection, role):
            _make(connection, role, asked.get("password"))
        if wrong := differences(connection, role):
            _set_rights(connection, role, wrong)


def _exists(connection: psycopg.Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _make(connection: psycopg.Connection, role: str, password: object) -> None:
    ways = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    secret = sql.SQL(" PASSWORD {}").format(sql.Literal(password)) if password else sql.SQL("")
    made = sql.SQL(f"CREATE ROLE {{}} {ways}").format(sql.Identifier(role)) + secret
    try:
        with connection.transaction():
            connection.execute(made)
    except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        pass  # another place on the same server came first


def _set_rights(connection: psycopg.Connection, role: str, wrong: list[Difference]) -> None:
    grantee = sql.Identifier(role)
    for each in wrong:
        verb, way = ("GRANT", "TO") if each.wanted else ("REVOKE", "FROM")
        statement = sql.SQL(f"{verb} {each.privilege} ON {{}} {way} {{}}")
        connection.execute(statement.format(sql.Identifier(each.table), grantee))
    for what in ("USAGE ON SCHEMA public", "USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public"):
        connection.execute(sql.SQL(f"GRANT {what} TO {{}}").format(grantee))
