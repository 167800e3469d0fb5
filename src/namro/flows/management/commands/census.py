"""`namro census`: the count of everything, to see that doing a thing twice leaves the same."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from psycopg import sql

# Left out, for they count how often the program ran or was visited, not what it holds:
# - django_migrations: the program's own steps; django_content_type: a list of its tables
# - django_session, axes_*, access_visit, access_trycount: visits and attempts to sign in
# - procrastinate_*: the job queue, whose timed jobs come and go by the clock
# - audit_link: the seals of the log, which follow its lines within a minute
# - auth_*: Django's own groups and permissions, unused: rights follow posts and roles
LEFT_OUT = (
    "django_migrations", "django_content_type", "django_session", "access_visit", "access_trycount", "audit_link",
    "auth_", "axes_", "procrastinate_",
)  # fmt: skip


class Command(BaseCommand):
    """Print a JSON object: table to number of rows, sorted by table."""

    help = "Đếm số dòng của từng bảng (JSON) / count the rows of every table"

    def handle(self, *args: object, **options: object) -> None:
        """Count every table of the public schema."""
        self.stdout.write(json.dumps(census(), indent=2))


def census() -> dict[str, int]:
    """Return table to rows for every table that holds what people know."""
    with connection.cursor() as cursor:
        return count_all(cursor)


def count_all(cursor: Any) -> dict[str, int]:
    """Return the census as a cursor of the database, Django's or a plain one, sees it."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    tables = [name for (name,) in cursor.fetchall() if not name.startswith(LEFT_OUT)]
    return {table: _rows(cursor, table) for table in tables}


def _rows(cursor: Any, table: str) -> int:
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    return int(cursor.fetchone()[0])
