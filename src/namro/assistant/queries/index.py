"""The index: derived files in the data folder, shared by all processes of the machine, made anew when a corpus changed.

A change is a new small segment and rows that no longer hold; when those are many, everything is one segment again.
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from namro.assistant.queries.corpora import digests, items, stamp
from namro.assistant.terms import Corpus

if TYPE_CHECKING:
    from namro.assistant.formulas.segments import Segment

# Raised when an index that was written before can no longer be read.
FORMAT = 1
MANIFEST = "manifest.json"
# So many items make a segment at most: what is held in memory while it is built.
ITEMS_A_SEGMENT = 3_000
# With more rows that no longer hold, or more segments, everything is built anew.
MOST_GONE, MOST_SEGMENTS = 0.2, 12


@dataclass(frozen=True)
class _Open:
    """An index as this process has mapped it."""

    stamp: str
    segments: tuple["Segment", ...]


@dataclass(frozen=True)
class _Manifest:
    """What the folder of a corpus holds: the stamp of the tables it was made from, and its segments in their order."""

    stamp: str = ""
    segments: Sequence[str] = ()


_open: dict[tuple[Path, Corpus], _Open] = {}


def segments(corpus: Corpus) -> Sequence["Segment"]:
    """Return the segments of a corpus as it is now; made by the first who asks after a change, mapped by the others."""
    now, place = stamp(corpus), (folder(), corpus)
    held = _open.get(place)
    if held is None or held.stamp != now:
        held = _open[place] = _Open(now, tuple(_refreshed(corpus, now)))
    return held.segments


def folder() -> Path:
    """Return where the index is kept: in the data folder, one for each database."""
    name = str(settings.DATABASES["default"]["NAME"])
    return Path(settings.NAMRO_INDEX_FOLDER) / hashlib.sha256(name.encode()).hexdigest()[:12]


def _refreshed(corpus: Corpus, now: str) -> list["Segment"]:
    if not now:
        return []
    inside = folder() / f"{corpus.value}-{FORMAT}"
    inside.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(inside):
        manifest = _manifest(inside)
        held = digests(corpus)
        if manifest.stamp != now:
            manifest = _Manifest(now, _made(corpus, inside, manifest.segments, held))
            _write_manifest(inside, manifest)
        return _living(inside, manifest.segments, held)


@contextmanager
def _alone(inside: Path) -> Iterator[None]:
    """Hold the index: who comes second waits and finds it made."""
    with (inside / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _manifest(inside: Path) -> _Manifest:
    """What was written last; nothing where that is gone or cannot be read."""
    try:
        found = _Manifest(**json.loads((inside / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return _Manifest()
    return found if all((inside / name).is_dir() for name in found.segments) else _Manifest()


def _write_manifest(inside: Path, manifest: _Manifest) -> None:
    draft = inside / f"{MANIFEST}.part"
    draft.write_text(json.dumps(vars(manifest)), encoding="utf-8")
    draft.replace(inside / MANIFEST)
    for other in inside.iterdir():
        if other.is_dir() and other.name not in manifest.segments:
            shutil.rmtree(other, ignore_errors=True)


def _made(corpus: Corpus, inside: Path, names: Sequence[str], held: Mapping[str, str]) -> Sequence[str]:
    """Write what the segments lack; all anew where too much of them is gone."""
    standing = _living(inside, names, held)
    known = {key for segment in standing for key in segment.living_keys()}
    rows = sum(segment.size for segment in standing)
    if rows and (rows - len(known) > MOST_GONE * rows or len(names) >= MOST_SEGMENTS):
        names, known = (), set()
    missing = sorted(held.keys() - known)
    return [*names, *_written(corpus, inside, missing)]


def _written(corpus: Corpus, inside: Path, keys: Sequence[str]) -> Iterator[str]:
    from namro.assistant.formulas.building import build  # noqa: PLC0415 - see below
    from namro.assistant.formulas.schemes import SCHEMES  # noqa: PLC0415 - see below
    from namro.assistant.formulas.segments import write  # noqa: PLC0415 - see below

    for start in range(0, len(keys), ITEMS_A_SEGMENT):
        built = build(items(corpus, keys[start : start + ITEMS_A_SEGMENT]), SCHEMES[corpus])
        name = hashlib.sha256("\n".join([*built.keys, *built.digests]).encode()).hexdigest()[:16]
        write(built, inside / name)
        yield name


def _living(inside: Path, names: Sequence[str], held: Mapping[str, str]) -> list["Segment"]:
    """Return the segments, mapped, with the rows that still hold; of a key that stands twice the later holds."""
    from namro.assistant.formulas.segments import read  # noqa: PLC0415 - numpy, not before the first question

    return [read(inside / name).living(held) for name in names]
