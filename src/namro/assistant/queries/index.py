"""The index: derived files in the data folder, shared by all processes of the machine, made anew when a corpus changed.

A change is a new small segment and rows that no longer hold; when those are many, everything is one segment again.
While one process makes it, the others answer from what was there before.
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

from namro.assistant.queries.corpora import count, digests, items, stamp
from namro.assistant.terms import PUBLIC_CORPORA, Corpus

if TYPE_CHECKING:
    from namro.assistant.formulas.segments import Segment

# Raised when an index that was written before can no longer be read.
FORMAT = 1
MANIFEST = "manifest.json"
# So many items make a segment at most: what is held in memory while it is built.
ITEMS_A_SEGMENT = 3_000
# With more rows that no longer hold, or more segments, everything is built anew.
MOST_GONE, MOST_SEGMENTS = 0.2, 12
# So few items are indexed while a question waits.
FEW = 300


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
    """Return the segments of a corpus as it is now; of an older state while another process makes the newer."""
    now, place = stamp(corpus), (folder(), corpus)
    held = _open.get(place)
    if held is None or held.stamp != now:
        held = _open[place] = _refreshed(corpus, now, held)
    return held.segments


def is_ready() -> bool:
    """Whether a question can be answered at once: each corpus has an index, maybe an older one, or few items."""
    return all(
        _has_older(corpus) or bool(_manifest(_inside(corpus)).segments) or count(corpus) <= FEW
        for corpus in PUBLIC_CORPORA
    )


def _has_older(corpus: Corpus) -> bool:
    """Whether this process has mapped an index of a corpus, of whatever state."""
    held = _open.get((folder(), corpus))
    return held is not None and bool(held.segments)


def folder() -> Path:
    """Return where the index is kept: in the data folder, one for each database."""
    name = str(settings.DATABASES["default"]["NAME"])
    return Path(settings.NAMRO_INDEX_FOLDER) / hashlib.sha256(name.encode()).hexdigest()[:12]


def _inside(corpus: Corpus) -> Path:
    return folder() / f"{corpus.value}-{FORMAT}"


def _refreshed(corpus: Corpus, now: str, before: _Open | None) -> _Open:
    """The index as it is now; where another process is at it, what this one or the disk has of before."""
    if not now:
        return _Open(now, ())
    inside = _inside(corpus)
    inside.mkdir(parents=True, exist_ok=True, mode=0o700)
    older = _manifest(inside)
    with _alone(inside, waits=before is None and not older.segments) as is_mine:
        if is_mine:
            return _renewed(corpus, inside, now)
        return before or _Open(older.stamp, tuple(_living(inside, older.segments, digests(corpus))))


def _renewed(corpus: Corpus, inside: Path, now: str) -> _Open:
    manifest, held = _manifest(inside), digests(corpus)
    if manifest.stamp != now:
        manifest = _Manifest(now, _made(corpus, inside, manifest.segments, held))
        _write_manifest(inside, manifest)
    return _Open(now, tuple(_living(inside, manifest.segments, held)))


@contextmanager
def _alone(inside: Path, *, waits: bool) -> Iterator[bool]:
    """Hold the index; says whether it is held. Who has nothing to answer from waits, and finds it made."""
    with (inside / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _manifest(inside: Path) -> _Manifest:
    """What was written last; nothing where that is gone or one of its segments cannot be read."""
    from namro.assistant.formulas.segments import is_whole  # noqa: PLC0415 - numpy, not before the first question

    try:
        found = _Manifest(**json.loads((inside / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return _Manifest()
    return found if all(is_whole(inside / name) for name in found.segments) else _Manifest()


def _write_manifest(inside: Path, manifest: _Manifest) -> None:
    draft = inside / f"{MANIFEST}.part"
    draft.write_text(json.dumps(vars(manifest)), encoding="utf-8")
    draft.replace(inside / MANIFEST)
    for other in inside.iterdir():
        if other.is_dir() and other.name not in manifest.segments:
            shutil.rmtree(other, ignore_errors=True)  # drafts of a build that was killed, too


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
