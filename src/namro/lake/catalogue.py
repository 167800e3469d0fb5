"""Where the lake lies, and its catalogue in the platform's own PostgreSQL.

On local disk every address in the lake is `lake://…`, counted from the lake's folder: metadata of Iceberg hold whole
addresses, and so a restored or moved place needs none of them rewritten (docs/adr/0019). In a bucket (NAMRO_LAKE=s3://…)
they are the bucket's own, so that Spark or Trino read the tables without us.
"""

import functools
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from pyiceberg.catalog import MetastoreCatalog
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.io import OutputStream
from pyiceberg.io.pyarrow import PyArrowFile, PyArrowFileIO
from pyiceberg.typedef import EMPTY_DICT, Properties
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

NAME = "namro"
NAMESPACE = "lake"
HERE = "lake://"
FOLDER = "lake.folder"
# Of a connection of Django's, what any other program would need to make one.
ASKED = frozenset("dbname user password host port service sslmode sslrootcert sslcert sslkey".split())
# The first of the two numbers of an advisory lock: of the lake, whatever the second.
LOCKS = 19_07_2025


class _Durable(io.BufferedWriter):
    """A file that is on the disk when it is closed: the catalogue must not name what a power cut takes away."""

    def close(self) -> None:
        """Write through to the disk, then close."""
        if not self.closed:
            self.flush()
            os.fsync(self.fileno())
        super().close()


class _DurableFile(PyArrowFile):
    """A file of the lake on local disk."""

    def create(self, overwrite: bool = False) -> OutputStream:
        """Open it for writing; FileExistsError unless it may be overwritten."""
        path = Path(self._path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _Durable(io.FileIO(path, "wb" if overwrite else "xb"))


class LakeFiles(PyArrowFileIO):
    """Files of the lake: `lake://…` in its folder, everything else as Iceberg does."""

    @staticmethod
    def parse_location(location: str, properties: Properties = EMPTY_DICT) -> tuple[str, str, str]:
        """Return scheme, host and path of an address."""
        if location.startswith(HERE):
            return "file", "", str(Path(str(properties[FOLDER])) / location.removeprefix(HERE))
        return PyArrowFileIO.parse_location(location, properties)

    def new_output(self, location: str) -> PyArrowFile:
        """Return a file to be written."""
        if not location.startswith(HERE):
            return super().new_output(location)
        scheme, host, path = self.parse_location(location, self.properties)
        return _DurableFile(location=location, path=path, fs=self.fs_by_scheme(scheme, host))


class LakeCatalogue(SqlCatalog):
    """Iceberg's catalogue over the connection that Django was given, role and all; it makes no table of its own."""

    def __init__(self, name: str, **properties: str) -> None:
        MetastoreCatalog.__init__(self, name, **properties)
        self.engine: Engine = create_engine("postgresql+psycopg://", creator=_connect, poolclass=NullPool)
        self._init_catalog()


def catalogue() -> LakeCatalogue:
    """Return the catalogue of the lake of this place."""
    return _catalogue(warehouse(), str(folder()), os.environ.get("NAMRO_LAKE_ENDPOINT", ""))


@functools.cache
def _catalogue(warehouse: str, folder: str, endpoint: str) -> LakeCatalogue:
    """Keys and secrets of a bucket come from AWS's own environment variables."""
    files = f"{LakeFiles.__module__}.{LakeFiles.__qualname__}"
    where = {"warehouse": warehouse, FOLDER: folder, "py-io-impl": files, "init_catalog_tables": "false"}
    return LakeCatalogue(NAME, **where, **({"s3.endpoint": endpoint} if endpoint else {}))


def warehouse() -> str:
    """Return the address under which the lake's tables lie."""
    return settings.NAMRO_LAKE or f"{HERE}tables"


def folder() -> Path:
    """Return the folder of a lake on local disk."""
    return Path(settings.NAMRO_LAKE_FOLDER)


def readable(location: str) -> str:
    """Return an address as DuckDB and Spark read it: a path on this disk, or the bucket's own."""
    if location.startswith(HERE):
        return str(folder() / location.removeprefix(HERE))
    return location


@contextmanager
def locked(what: str, *, shared: bool = False) -> Iterator[None]:
    """Hold a lock of the lake in the database for a `with`; it is gone with the process, however that ends."""
    way = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with catalogue().engine.begin() as held:
        held.execute(text(f"SELECT {way}(:lake, hashtext(:what))"), {"lake": LOCKS, "what": what})
        yield


def _connect() -> psycopg.Connection[Any]:
    known = connection.get_connection_params()
    return psycopg.connect(**{name: value for name, value in known.items() if name in ASKED})
