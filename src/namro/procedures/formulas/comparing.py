"""Comparing: what makes two versions the same, and which parts of them differ."""

import difflib
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from namro.procedures.terms import Part

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """A line of a part in a comparison: sign '+' (came), '-' (went) or ' ' (stayed)."""

    sign: str
    text: str


@dataclass(frozen=True)
class PartDiff:
    """How one part changed, line by line."""

    part: Part
    lines: tuple[Line, ...]


def digest(body: Body) -> str:
    """Return the SHA-256 (hex) of what a record says; where it was read from is left out, for it changes each time."""
    said = [body.get(part.value) for part in Part]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def changed_parts(old: Body, new: Body) -> list[Part]:
    """Return the parts that differ, in the order in which they are read."""
    return [part for part in Part if (old.get(part.value) or None) != (new.get(part.value) or None)]


def differences(old: Body, new: Body) -> list[PartDiff]:
    """Return each changed part with its lines, those that stayed included."""
    return [
        PartDiff(part, _compare(lines_of(part, old), lines_of(part, new))) for part in changed_parts(old, new)
    ]


def lines_of(part: Part, body: Body) -> list[str]:
    """Return a part as lines that a person can read and compare."""
    value = body.get(part.value) or []
    if isinstance(value, str):
        return value.splitlines()
    return [_line(each) for each in value]


def _line(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    return " · ".join(str(value) for value in entry.values() if value not in ("", None, 0))


def _compare(old: Sequence[str], new: Sequence[str]) -> tuple[Line, ...]:
    marked: list[Line] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            marked += [Line(" ", line) for line in old[old_from:old_to]]
        else:
            marked += [Line("-", line) for line in old[old_from:old_to]]
            marked += [Line("+", line) for line in new[new_from:new_to]]
    return tuple(marked)
