"""`namro doctor [--json]`: every part looked at, each with its light; exit code 1 when one is red.

It comes before Django, for it has to speak where Django cannot start.
"""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Iterator
from dataclasses import asdict

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DjangoDatabaseError

from namro.config import place
from namro.config.doctor import machine
from namro.config.doctor.terms import Finding, Light, amber, red
from namro.config.kind import WrongKind, decide_demo, read_kind
from namro.config.postgres import DatabaseFault
from namro.config.readiness import NoDatabase, connected, database, restoring_mark

MARKS = {Light.GREEN: "✓", Light.AMBER: "!", Light.RED: "✗"}
FAULTS = (psycopg.Error, DjangoDatabaseError, DatabaseFault, NoDatabase, OSError, ValueError)


def doctor(arguments: list[str]) -> None:
    """Look at everything and say it; exit with 1 when something is red."""
    options = _options(arguments)
    findings = list(examine())
    if options.json:
        sys.stdout.write(json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("".join(map(_told, findings)))
    sys.exit(any(each.light is Light.RED for each in findings))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="namro doctor",
        description="Khám nơi này: mỗi phần tốt (✓), cần xem (!) hay hỏng (✗). / What is wrong here.",
        epilog="Mã thoát 1 khi có phần hỏng. / Exit code 1 when something is wrong.",
    )
    parser.add_argument("--json", action="store_true", help="cho máy đọc / for machines")
    return parser.parse_args(arguments)


def _told(finding: Finding) -> str:
    do = f"\n    → {finding.do}" if finding.do else ""
    return f"{MARKS[finding.light]} {finding.said}{do}\n"


def examine() -> Iterator[Finding]:
    """Yield a finding for each part, from the machine up; where a part cannot be had, what stands on it is left out."""
    yield from (check() for check in (machine.data_folder, machine.disk, machine.memory, machine.documents))
    if restoring_mark().exists():
        said = "Lần khôi phục trước bị cắt ngang, nơi này chưa đủ. / A restore was cut short."
        yield red("restore", said, "./namro restore FILE")
        return
    if not os.environ.get(place.OWNER_VARIABLE) and not place.cluster_folder().exists():
        yield amber("database", "Chưa có cơ sở dữ liệu. / There is no database yet.", "./namro up")
        return
    try:
        with database(), connected() as connection:
            yield from _of_database(connection)
    except (DatabaseFault, NoDatabase) as fault:
        yield red("database", str(fault), f"{place.cluster_folder() / 'server.log'}")


def _of_database(connection: psycopg.Connection) -> Iterator[Finding]:
    try:
        kind = read_kind(connection)
        demo = decide_demo(kind)
    except WrongKind as clash:
        yield red("kind", str(clash), "--data DIR")
        return
    if kind is None:
        yield amber("database", "Cơ sở dữ liệu còn trống. / The database is empty.", "./namro up")
        return
    yield from _with_django(connection, demo=demo)


def _with_django(connection: psycopg.Connection, *, demo: bool) -> Iterator[Finding]:
    # A missing key is one of the findings, and Django does not start without any.
    key = os.environ.get("SECRET_KEY")
    os.environ["SECRET_KEY"] = key or secrets.token_urlsafe(50)
    try:
        django.setup()
    except ImproperlyConfigured as refusal:
        yield red("settings", str(refusal), "")
        return
    finally:
        os.environ["SECRET_KEY"] = key or ""
    # They know models, which can be imported only now.
    from namro.config.doctor import database as of_database  # noqa: PLC0415
    from namro.config.doctor import doors, work  # noqa: PLC0415

    yield doors.secret_key(demo=demo)
    for look in of_database.CHECKS:
        yield _looked(look.__name__, lambda look=look: look(connection))
    for see in (*doors.CHECKS, *work.CHECKS):
        yield _looked(see.__name__, lambda see=see: see(demo=demo))


def _looked(part: str, check) -> Finding:  # type: ignore[no-untyped-def]
    """What a check found; a part that cannot be looked at is wrong too."""
    try:
        found: Finding = check()
    except FAULTS as fault:
        return red(
            part, f"Không kiểm tra được {part}: {str(fault).strip()}. / It could not be looked at.", ""
        )
    return found
