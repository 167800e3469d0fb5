"""Segments on disk: one folder of arrays each, mapped, so that all processes of a machine share one copy."""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from namro.assistant.formulas.building import PAIR, Built

HEAD = "head.json"


@dataclass(frozen=True)
class Segment:
    """Some items of a corpus: arrays by name (see `building`), syllables, keys, digests, and which rows still hold."""

    arrays: Mapping[str, NDArray[Any]]
    vocabulary: list[str]
    keys: list[str]
    digests: list[str]
    live: NDArray[Any] | None = None

    @property
    def size(self) -> int:
        """How many items it has."""
        return len(self.keys)

    def living(self, digests: Mapping[str, str]) -> "Segment":
        """The same, where only those items hold whose digest is the one that is given."""
        held = zip(self.keys, self.digests, strict=True)
        return replace(self, live=np.array([digests.get(key) == digest for key, digest in held], bool))

    def living_keys(self) -> list[str]:
        """The keys of the items that still hold."""
        return self.keys if self.live is None else [self.keys[row] for row in np.flatnonzero(self.live)]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Syllables by number."""
        return {syllable: number for number, syllable in enumerate(self.vocabulary)}

    @cached_property
    def single_frequency(self) -> NDArray[Any]:
        """In how many items each syllable stands, by its number."""
        singles = len(self.vocabulary)
        return np.diff(self.arrays["bounds"][: singles + 1])

    def term(self, syllables: tuple[str, ...]) -> int:
        """The number of a syllable or a pair; -1 where one of them stands nowhere here."""
        found = [self.numbers.get(each, -1) for each in syllables]
        if min(found) < 0:
            return -1
        return found[0] if len(found) == 1 else (found[0] + 1) * PAIR + found[1]

    def places(self, terms: Sequence[tuple[str, ...]]) -> NDArray[Any]:
        """From where to where the items of each term stand in `rows`, a line a term; nowhere: 0 to 0."""
        known, bounds = (self.arrays[name].view(np.ndarray) for name in ("terms", "bounds"))
        asked = np.array([self.term(term) for term in terms], np.int64)
        at = np.searchsorted(known, np.maximum(asked, 0).astype(np.uint64))
        at[at == len(known)] = 0
        is_held = (
            (asked >= 0) & (known[at] == asked.astype(np.uint64))
            if len(known)
            else np.zeros(len(asked), bool)
        )
        at = np.where(is_held, at, 0)
        return np.stack([bounds[at], bounds[at + is_held]], axis=1) * is_held[:, None]


def in_memory(built: Built) -> Segment:
    """A segment that was just built."""
    return Segment(built.arrays, built.vocabulary, built.keys, built.digests)


def write(built: Built, folder: Path) -> None:
    """Write a segment; who looks sees it whole or not at all."""
    draft = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    shutil.rmtree(draft, ignore_errors=True)  # of a build that was killed
    draft.mkdir(parents=True, mode=0o700)
    for name, array in built.arrays.items():
        np.save(draft / f"{name}.npy", array)
    head = {
        "vocabulary": built.vocabulary,
        "keys": built.keys,
        "digests": built.digests,
        "arrays": list(built.arrays),
    }
    (draft / HEAD).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
    try:
        draft.rename(folder)
    except OSError:  # it is there already
        if not is_whole(folder):  # a disk that was full, a hand that went astray
            shutil.rmtree(folder, ignore_errors=True)
            draft.rename(folder)
        shutil.rmtree(draft, ignore_errors=True)


def is_whole(folder: Path) -> bool:
    """Whether a written segment can be read."""
    try:
        read(folder)
    except (OSError, EOFError, ValueError, TypeError, KeyError):
        return False
    return True


def read(folder: Path) -> Segment:
    """A written segment, its arrays mapped; they stay readable when the folder is removed."""
    head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in head["arrays"]}
    return Segment(arrays, head["vocabulary"], head["keys"], head["digests"])
