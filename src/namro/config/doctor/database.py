"""The database of the place: its version and settings, its clock, its tables, its roles."""

import time

import psycopg
from django.db import connection as django_connection
from django.db.migrations.executor import MigrationExecutor
from psycopg.conninfo import conninfo_to_dict

from namro.config import place
from namro.config.doctor.terms import Finding, amber, green, red
from namro.config.roles import differences

OLDEST_SERVER = 15
FEWEST_CONNECTIONS = 40
# What must not be switched off, or a power cut loses what people were told is kept.
KEEPS = ("fsync", "full_page_writes", "synchronous_commit")
SECONDS_APART = 60


def server(connection: psycopg.Connection) -> Finding:
    """A PostgreSQL of an age we know, that keeps what it was given."""
    version = connection.info.server_version // 10_000
    if version < OLDEST_SERVER:
        said = f"PostgreSQL {version} quá cũ. / PostgreSQL is too old."
        return red("server", said, f"PostgreSQL ≥ {OLDEST_SERVER}")
    off = [name for name in KEEPS if _setting(connection, name) == "off"]
    if off:
        said = f"PostgreSQL tắt {', '.join(off)}: mất điện là mất dữ liệu. / A power cut loses data."
        return red("server", said, "; ".join(f"ALTER SYSTEM SET {name} = on" for name in off))
    if _setting(connection, "server_encoding") != "UTF8":
        return red(
            "server", "Bảng mã không phải UTF8. / The encoding is not UTF8.", "createdb --encoding=UTF8"
        )
    if int(_setting(connection, "max_connections")) < FEWEST_CONNECTIONS:
        said = "PostgreSQL cho quá ít kết nối. / PostgreSQL allows too few connections."
        return amber("server", said, "ALTER SYSTEM SET max_connections = 100")
    return green("server", f"PostgreSQL {version} trả lời. / PostgreSQL answers.")


def _setting(connection: psycopg.Connection, name: str) -> str:
    [value] = connection.execute("SELECT current_setting(%s)", [name]).fetchone() or [""]
    return str(value)


def clocks(connection: psycopg.Connection) -> Finding:
    """What the machine and the database call now must be the same, or the order of acts is not."""
    [theirs] = connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone() or [0]
    apart = abs(float(theirs) - time.time())
    if apart > SECONDS_APART:
        said = f"Đồng hồ của máy và của cơ sở dữ liệu lệch {apart:.0f} giây. / The clocks differ."
        return red("clock", said, "timedatectl set-ntp true")
    return green("clock", "Đồng hồ khớp với cơ sở dữ liệu. / The clocks agree.")


def tables(connection: psycopg.Connection) -> Finding:
    """The tables are those of this version."""
    executor = MigrationExecutor(django_connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    newer = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if newer:
        said = "Cơ sở dữ liệu của phiên bản mới hơn chương trình. / The database is of a newer version."
        return red("tables", said, "Nâng cấp chương trình. / Upgrade the program.")
    if missing:
        said = f"Còn {len(missing)} bước cập nhật bảng chưa chạy. / Migrations are missing."
        return red("tables", said, "./namro migrate")
    return green("tables", "Các bảng đúng phiên bản. / The tables are of this version.")


def role(connection: psycopg.Connection) -> Finding:
    """The program's role must not be able to change what is only appended to."""
    name = str(conninfo_to_dict(place.program_url()).get("user") or connection.info.user)
    try:
        wrong = differences(connection, name)
    except KeyError:
        return red("role", f"Chưa có vai trò {name}. / The role is missing.", "./namro migrate")
    strong = sorted({each.table for each in wrong if not each.wanted})
    if strong:
        said = (
            f"Vai trò {name} của chương trình mạnh quá: sửa, xóa được {', '.join(strong[:3])}"
            f"{'…' if len(strong) > 3 else ''}. / The program's role is too strong."
        )
        make = f"CREATE ROLE {place.PROGRAM_ROLE} LOGIN PASSWORD '…'"
        do = f"{make}; {place.PROGRAM_VARIABLE}=postgresql://{place.PROGRAM_ROLE}:…; ./namro migrate"
        return amber("role", said, do)
    if wrong:
        return red("role", f"Vai trò {name} thiếu quyền. / The role lacks rights.", "./namro migrate")
    return green("role", f"Vai trò {name} không sửa, xóa được nhật ký. / The role cannot change the log.")


CHECKS = (server, clocks, tables, role)
