"""The kind of a place, demo or real: decided before the settings are read, for they differ by it.

It is written into the database itself (a comment on Django's own table), so that it goes with every copy of it, and
so that no command can put made-up people among real ones.
"""

import os
from enum import StrEnum

import psycopg
from psycopg import sql

DEMO_VARIABLE = "NAMRO_DEMO"
DAY_VARIABLE = "NAMRO_TODAY"
DEMO_DAY = "2025-07-09"


class Kind(StrEnum):
    """What a place holds; a place without one is empty."""

    DEMO_LOADING = "demo, loading"
    DEMO = "demo"
    REAL = "real"


class WrongKind(Exception):
    """A demo was asked for where real data is, or the other way round."""


def read_kind(connection: psycopg.Connection) -> Kind | None:
    """Return the place's kind, None where nothing has been loaded yet."""
    row = connection.execute(
        "SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')"
    ).fetchone()
    return Kind(row[0]) if row and row[0] else None


def write_kind(connection: psycopg.Connection, kind: Kind) -> None:
    """Write the place's kind into its database; its tables must exist."""
    connection.execute(sql.SQL("COMMENT ON TABLE django_migrations IS {}").format(sql.Literal(kind.value)))


def decide_demo(found: Kind | None) -> bool:
    """Set the environment the settings read, by the place's kind and what was asked for; WrongKind where they clash."""
    asked = os.environ.get(DEMO_VARIABLE, "").strip().lower()
    demo = asked not in {"0", "false", "no", "off"}
    if found is Kind.REAL and not asked:
        demo = False
    if found and demo != (found is not Kind.REAL):
        raise WrongKind(_clash(found))
    os.environ[DEMO_VARIABLE] = "1" if demo else "0"
    if demo:
        os.environ.setdefault(DAY_VARIABLE, DEMO_DAY)
    return demo


def _clash(found: Kind) -> str:
    if found is Kind.REAL:
        return (
            "Nơi này chứa dữ liệu thật, không nạp bản trình diễn vào. Hãy chọn thư mục khác bằng --data. / "
            "This place holds real data; choose another --data for the demo."
        )
    return (
        "Nơi này chứa bản trình diễn, không dùng cho dữ liệu thật. Hãy chọn thư mục khác bằng --data. / "
        "This place holds the demo; choose another --data for real data."
    )
