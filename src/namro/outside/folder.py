"""Files that somebody drops into a folder: `<data>/inbox/<source>/`; a file goes aside only when it has landed."""

import functools
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from django.conf import settings

from namro.outside.connectors import Asked, Shipment, Unreadable, id_of
from namro.outside.sheets import read_sheet

TAKEN = ".da-nhan"
# Names under which programs write what is not yet whole.
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart")


def inbox(source: str) -> Path:
    """Return the folder into which the files of a source are dropped."""
    return Path(settings.NAMRO_INBOX) / source


def read(asked: Asked) -> Iterator[Shipment]:
    """Yield the files that lie there, the oldest first; hidden and unfinished ones are left alone."""
    folder = inbox(asked.source)
    found = [path for path in folder.glob(str(asked.settings["pattern"])) if _is_whole(path)]
    for path in sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name)):
        content = path.read_bytes()
        yield Shipment(
            origin=path.name,
            rows=functools.partial(_rows, asked, content, path.name),
            id=id_of(asked.source, content),
            size=len(content),
            settle=functools.partial(_put_aside, path),
        )


def _is_whole(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and not path.name.endswith(UNFINISHED)


def _rows(asked: Asked, content: bytes, name: str) -> pa.Table:
    headings = [heading for names in asked.headings.values() for heading in names]
    return read_sheet(content, name, asked.settings, headings)


def _put_aside(path: Path) -> None:
    """Move a file that has landed; one of the same name that lies there already was of other content."""
    aside = path.parent / TAKEN
    aside.mkdir(mode=0o700, exist_ok=True)
    try:
        target = aside / path.name
        if target.exists():
            target = aside / f"{path.stem}-{path.stat().st_mtime_ns}{path.suffix}"
        os.replace(path, target)  # noqa: PTH105 - replace, in one step
    except OSError as fault:
        raise Unreadable(
            f"Không chuyển được tệp {path.name} đã nhận sang {TAKEN} ({fault.strerror})."
        ) from fault
