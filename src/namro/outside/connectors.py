"""Means by which rows come from outside: what each asks for in a contract, and the one form in which it answers.

A connector is a module with `read(asked) -> Iterator[Shipment]`. It knows no unit and no check: it brings rows as they
are, says where from, and is told when they have landed.
"""

import hashlib
import importlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

if TYPE_CHECKING:
    import pyarrow as pa


class Unreadable(Exception):
    """What came cannot be read, or nobody answered; the sentence says what, where, and how to mend it."""


def nothing() -> None:
    """Do nothing: what was read needs no word when it has landed."""


@dataclass(frozen=True)
class Asked:
    """What a connector is asked for: the source, its settings, how far it was read, and what its columns are called."""

    source: str
    settings: Mapping[str, Any]
    cursor: str = ""
    cursor_column: str = ""
    # For each column of the contract, the headings under which it may come (its own name among them).
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Only so many of the first rows are wanted, as a sample; 0: all.
    first: int = 0


@dataclass(frozen=True)
class Shipment:
    """Chuyến hàng: rows that come at once; `rows` fetches them (Unreadable), `settle` hears that they have landed."""

    origin: str
    rows: "Callable[[], pa.Table]"
    id: UUID
    size: int = 0
    cursor: str = ""
    settle: Callable[[], None] = nothing


@dataclass(frozen=True)
class Connector:
    """A means: the keys of its settings (needed, allowed), and the module that reads (empty: others bring the rows)."""

    keys: tuple[tuple[str, ...], tuple[str, ...]]
    module: str = ""


_FILES = ("encoding", "separator", "sheet")
CONNECTORS = {
    "folder": Connector((("pattern",), _FILES), "namro.outside.folder"),
    "upload": Connector(((), _FILES)),
    "sql": Connector((("url_env", "table"), ()), "namro.outside.sql"),
    "rest": Connector(
        (("url",), ("token_env", "rows", "page", "params", "cursor_param")), "namro.outside.rest"
    ),
    "s3": Connector(
        (("bucket", "pattern"), ("endpoint", "region", "key_env", "secret_env", *_FILES)), "namro.outside.s3"
    ),
    "push": Connector((("secret_env",), ())),
    "own": Connector((("table",), ()), "namro.outside.own"),
}


def read(means: str, asked: Asked) -> Iterator[Shipment]:
    """Yield what a means brings. LookupError for a means that is not fetched but sent."""
    module = CONNECTORS[means].module
    if not module:
        raise LookupError(means)
    found: Iterator[Shipment] = importlib.import_module(module).read(asked)
    return found


def secret(settings: Mapping[str, Any], key: str) -> str:
    """Return the value of the environment variable that a setting names, empty without one. Unreadable if not set."""
    name = settings.get(key)
    if not name:
        return ""
    value = os.environ.get(str(name), "")
    if not value:
        raise Unreadable(f"Chưa đặt biến môi trường {name} mà hợp đồng dữ liệu nêu; hãy đặt rồi chạy lại.")
    return value


def id_of(source: str, content: bytes) -> UUID:
    """Return the id of a content: the same bytes of the same source are the same batch, whatever the file's name."""
    return uuid5(NAMESPACE_URL, f"{source}:{hashlib.sha256(content).hexdigest()}")
