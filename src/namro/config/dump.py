"""PostgreSQL's own programs for its content: pg_dump of one snapshot, pg_restore as one transaction."""

import functools
import os
import shutil
import subprocess
from pathlib import Path

from psycopg import ConnectionInfo

from namro.config.children import die_with_parent
from namro.config.postgres import PROGRAMS, DatabaseFault

# Who was signed in has to sign in again: a session is a key, and a key has no place in a copy.
LEFT_OUT = ["--exclude-table-data=django_session"]
# libpq's names of what a connection was made with.
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def dump(info: ConnectionInfo, *, snapshot: str, file: Path) -> None:
    """Write what a snapshot of the database sees into a file; DatabaseFault with the program's words."""
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", *LEFT_OUT]
    _run(info, "pg_dump", *options, f"--file={file}")


def undump(info: ConnectionInfo, file: Path) -> None:
    """Fill an empty database from a dump, wholly or not at all; DatabaseFault with the program's words."""
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run(info, "pg_restore", *options, f"--dbname={info.dbname}", str(file))


def _run(info: ConnectionInfo, program: str, *arguments: str) -> None:
    ours = PROGRAMS / program
    found = str(ours) if ours.exists() else shutil.which(program) or program
    done = subprocess.run(
        [found, "--no-password", *arguments],
        env=os.environ | _connection(info),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        preexec_fn=functools.partial(die_with_parent, os.getpid()),
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()[-2000:]
        raise DatabaseFault(f"{program} không chạy được. / {program} failed.\n{words}")


def _connection(info: ConnectionInfo) -> dict[str, str]:
    """Return the connection as environment variables: on the command line everybody could read the password."""
    known = info.get_parameters() | {"password": info.password}
    return {variable: known[name] for name, variable in VARIABLES.items() if known.get(name)} | (
        {"PGPASSWORD": info.password} if info.password else {}
    )
