"""The index: derived files in the data folder, shared by all processes of the machine, made anew when a corpus changed.

A change is a new small segment and rows that no longer hold; when those are many, everything is one segment again.
A question makes only what is small: after a large change it is answered from what was there before, until the worker's
job has made the newer. While one process makes it, the others answer from what was there before.
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from namro.assistant.queries.corpora import HOLDINGS, items, stamps
from namro.assistant.terms import PUBLIC_CORPORA, Corpus

if TYPE_CHECKING:
    from namro.assistant.formulas.segments import Segment
    from namro.assistant.formulas.slips import Vocabulary

# Raised when an index that was written before can no longer be read.
FORMAT = 1
MANIFEST = "manifest.json"
# So many items make a segment at most: what is held in memory while it is built.
ITEMS_A_SEGMENT = 20_000
# With more rows that no longer hold, or more small segments, everything is built anew.
MOST_GONE, MOST_SEGMENTS = 0.2, 12
# So few items are indexed while a question waits, and a segment of so few is small.
FEW = 300


@dataclass(frozen=True)
class Opened:
    """An index as this process has mapped it: the stamp of what it was made from, and its segments."""

    stamp: str
    segments: tuple["Segment", ...]

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """What stands in it, to mend slips by."""
        from namro.assistant.formulas.slips import Vocabulary  # noqa: PLC0415 - numpy, not before the first question

        return Vocabulary(self.segments)


@dataclass(frozen=True)
class _Manifest:
    """What the folder of a corpus holds: the stamp of the tables it was made from, and its segments in their order."""

    stamp: str = ""
    segments: Sequence[str] = ()


_open: dict[tuple[Path, Corpus], Opened] = {}


def segments(corpus: Corpus, *, builds: bool = False) -> Sequence["Segment"]:
    """Return the segments of a corpus; of an older state while the newer is made."""
    return opened([corpus], builds=builds)[corpus].segments


def opened(corpora: Iterable[Corpus], *, builds: bool = False) -> dict[Corpus, Opened]:
    """Return the indexes of corpora; who `builds` makes all that is missing and waits for whoever is at it."""
    now = stamps()
    return {corpus: _opened(corpus, now.get(corpus, ""), builds=builds) for corpus in corpora}


def _opened(corpus: Corpus, now: str, *, builds: bool) -> Opened:
    place = (folder(), corpus)
    held = _open.get(place)
    if held is None or held.stamp != now:
        held = _open[place] = _refreshed(corpus, now, held, builds=builds)
    return held


def is_ready() -> bool:
    """Whether a question can be answered at once: each corpus has an index, maybe an older one, or few items."""
    return all(
        _has_older(corpus) or bool(_manifest(_inside(corpus)).segments) or HOLDINGS[corpus].count() <= FEW
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


def _refreshed(corpus: Corpus, now: str, before: Opened | None, *, builds: bool) -> Opened:
    """The index as it is now; where that is for others to make, what this process or the disk has of before."""
    if not now:
        return Opened(now, ())
    inside = _inside(corpus)
    inside.mkdir(parents=True, exist_ok=True, mode=0o700)
    has_older = bool(before and before.segments) or bool(_named(inside).segments)
    with _alone(inside, waits=builds or not has_older) as is_mine:
        made = _renewed(corpus, inside, now, builds=builds) if is_mine else None
    return made or _older(corpus, inside, before)


def _renewed(corpus: Corpus, inside: Path, now: str, *, builds: bool) -> Opened | None:
    """The index made anew as far as it must be; None where that is more than a question may wait for."""
    manifest, held = _manifest(inside), HOLDINGS[corpus].digests()
    if manifest.stamp != now:
        standing = _living(inside, manifest.segments, held)
        missing = held.keys() - {key for segment in standing for key in segment.living_keys()}
        if standing and len(missing) > FEW and not builds:
            return None
        names = manifest.segments
        if builds and _is_worn(standing):
            names, missing = (), set(held)
        manifest = _Manifest(now, [*names, *_written(corpus, inside, sorted(missing))])
        _write_manifest(inside, manifest)
    return Opened(now, tuple(_living(inside, manifest.segments, held)))


def _is_worn(standing: Sequence["Segment"]) -> bool:
    """Whether too much of what stands is gone, or it lies in too many small pieces."""
    rows, living = (sum(len(keys) for keys in each) for each in (
        [segment.keys for segment in standing], [segment.living_keys() for segment in standing]
    ))  # fmt: skip
    small = [segment for segment in standing if segment.size <= FEW]
    return rows - living > MOST_GONE * rows or len(small) >= MOST_SEGMENTS


def _older(corpus: Corpus, inside: Path, before: Opened | None) -> Opened:
    """What this process has mapped of an older state, or what the disk has.

    Whoever makes the newer removes the segments of the older; what is read then is its manifest.
    """
    if before is not None and before.segments:
        return before
    for _attempt in range(2):
        manifest = _named(inside)
        try:
            return Opened(
                manifest.stamp, tuple(_living(inside, manifest.segments, HOLDINGS[corpus].digests()))
            )
        except OSError:
            continue
    return Opened("", ())


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


def _named(inside: Path) -> _Manifest:
    """What the manifest names, without a look at its segments; nothing where there is none."""
    try:
        return _Manifest(**json.loads((inside / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return _Manifest()


def _manifest(inside: Path) -> _Manifest:
    """What was written last; nothing where that is gone or one of its segments cannot be read."""
    from namro.assistant.formulas.segments import is_whole  # noqa: PLC0415 - numpy, not before the first question

    found = _named(inside)
    return found if all(is_whole(inside / name) for name in found.segments) else _Manifest()


def _write_manifest(inside: Path, manifest: _Manifest) -> None:
    draft = inside / f"{MANIFEST}.part"
    draft.write_text(json.dumps(vars(manifest)), encoding="utf-8")
    draft.replace(inside / MANIFEST)
    for other in inside.iterdir():
        if other.is_dir() and other.name not in manifest.segments:
            shutil.rmtree(other, ignore_errors=True)  # drafts of a build that was killed, too


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
