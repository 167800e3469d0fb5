"""The place: the folder where one installation keeps its data, and what is derived from its path."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

DATA_VARIABLE = "NAMRO_DATA"
OWNER_VARIABLE = "DATABASE_URL"
PROGRAM_VARIABLE = "NAMRO_APP_DATABASE_URL"
PROGRAM_ROLE = "namro_app"
# sockaddr_un holds 107 bytes; the socket's file name takes the end of it.
LONGEST_SOCKET = 107
SOCKET_NAME = ".s.PGSQL.5432"


def data_folder() -> Path:
    """Return the data folder: NAMRO_DATA, else ~/.local/share/namro."""
    chosen = os.environ.get(DATA_VARIABLE) or "~/.local/share/namro"
    return Path(chosen).expanduser().resolve()


def make_data_folder() -> Path:
    """Make the data folder where it is missing and return it."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def cluster_folder() -> Path:
    """Return where the embedded PostgreSQL keeps its files."""
    return data_folder() / "postgres"


def socket_folder() -> Path:
    """Return where the embedded server's socket is: beside its files, or a short path when theirs is too long."""
    beside = cluster_folder()
    if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET:
        return beside
    mark = hashlib.sha256(os.fsencode(beside)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"namro-{os.getuid()}-{mark}"


def embedded_url(role: str = "postgres") -> str:
    """Return the DATABASE_URL of the embedded server of this place for a role."""
    return f"postgresql://{role}@/postgres?host={socket_folder()}"


def owner_url() -> str:
    """Return the database of whoever makes and changes tables: DATABASE_URL, else the embedded server's owner."""
    return os.environ.get(OWNER_VARIABLE) or embedded_url()


def program_url() -> str:
    """Return the database of web server and job worker, who only read and write rows.

    NAMRO_APP_DATABASE_URL, else the embedded server's role for it; another server without one is used by its owner.
    """
    given = os.environ.get(PROGRAM_VARIABLE) or os.environ.get(OWNER_VARIABLE)
    return given or embedded_url(PROGRAM_ROLE)


def demo_secret_key() -> str:
    """Return the demo's own random key, made on the first call, readable by its owner only."""
    file = make_data_folder() / "demo-secret-key"
    try:
        # Two processes may come first together: only one can create, the other reads what it wrote.
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(descriptor, "w") as handle:
        key = secrets.token_urlsafe(50)
        handle.write(key)
    return key
