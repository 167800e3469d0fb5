"""Words of the log: what may be looked for, a checkpoint of its chain, a fault in it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_CHECKPOINT = re.compile(r"(?P<seq>\d{1,18}):(?P<hash>[0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the chain went at some moment: the number of its last link, and that link's hash (hex)."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Return the checkpoint that `str` wrote; ValueError when the text is none."""
        found = _CHECKPOINT.fullmatch(text.strip())
        if not found:
            raise ValueError(f"“{text.strip()}” không phải là điểm kiểm (số:mã 64 chữ số thập lục phân)")
        return cls(int(found["seq"]), found["hash"])


class Wrong(StrEnum):
    """What is wrong at a place of the chain."""

    CHANGED = "changed"  # the line, or its link, is not as it was sealed
    LINE_GONE = "line_gone"  # sealed, and no longer there
    LINK_GONE = "link_gone"  # a number of the chain is missing
    OUTSIDE = "outside"  # a line among sealed ones that was never sealed: put in afterwards
    CUT_OFF = "cut_off"  # the chain does not reach, or not meet, a checkpoint


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place that does not fit: number in the chain (0: none) and number of the line (0: not known)."""

    wrong: Wrong
    seq: int
    entry_id: int


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines are looked for; what is None or empty is not asked."""

    words: str = ""
    people: Collection[int] | None = None
    verbs: Collection[str] = ()
    kind: str = ""
    key: str = ""
    units: Collection[str] | None = None
    start: date | None = None
    end: date | None = None
