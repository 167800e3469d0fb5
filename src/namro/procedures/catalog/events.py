"""Life events and the words of citizens: a reviewed file that leads from what happened to procedures."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed
from namro.ground.text import fold


@dataclass(frozen=True)
class Rule:
    """Procedures whose name holds one of the folded words, within the fields (none named: any field)."""

    words: tuple[str, ...]
    fields: tuple[str, ...]

    def holds(self, folded_name: str, field: str) -> bool:
        """Whether a procedure belongs here, by its folded name and its field."""
        padded = f" {folded_name} "
        in_field = not self.fields or field in self.fields
        return in_field and (not self.words or any(f" {word} " in padded for word in self.words))


@dataclass(frozen=True)
class LifeEventDef:
    """Sự kiện trong đời as the file states it; `codes` are shown first, `level` and `applicant` narrow the rules."""

    code: str
    name: str
    name_en: str
    about: str
    about_en: str
    codes: tuple[str, ...]
    rules: tuple[Rule, ...]

    def holds(self, code: str, folded_name: str, field: str) -> bool:
        """Whether a procedure belongs to the event."""
        return code in self.codes or any(rule.holds(folded_name, field) for rule in self.rules)


@dataclass(frozen=True)
class SayingDef:
    """What people say, and the words of the catalogue for it, both folded."""

    says: str
    means: str


@dataclass(frozen=True)
class Events:
    """All that the file says."""

    events: tuple[LifeEventDef, ...] = ()
    sayings: tuple[SayingDef, ...] = ()


def read_events(file: Path) -> Events:
    """Return the life events and sayings of the file; FileRefused with the line of what is wrong."""
    if not file.is_file():
        return Events()
    said = read_reviewed(file)
    demand(file, said, "owner", "next_review", "events")
    events = tuple(_event(file, entry) for entry in said["events"])
    codes = [event.code for event in events]
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise FileRefused(file, said[LINE], f"sự kiện “{twice.pop()}” có hai lần")
    return Events(events, tuple(_saying(file, entry) for entry in said.get("sayings", [])))


def _event(file: Path, entry: dict[str, Any]) -> LifeEventDef:
    demand(file, entry, "code", "name", "name_en", "about", "about_en")
    if not entry.get("codes") and not entry.get("match"):
        raise FileRefused(file, entry[LINE], "sự kiện phải có “codes” hoặc “match”")
    return LifeEventDef(
        entry["code"], entry["name"], entry["name_en"], entry["about"], entry["about_en"],
        tuple(map(str, entry.get("codes", []))), tuple(_rule(file, each) for each in entry.get("match", [])),
    )  # fmt: skip


def _rule(file: Path, entry: dict[str, Any]) -> Rule:
    if not entry.get("words") and not entry.get("fields"):
        raise FileRefused(file, entry[LINE], "mỗi dòng “match” phải có “words” hoặc “fields”")
    return Rule(tuple(map(fold, entry.get("words", []))), tuple(entry.get("fields", [])))


def _saying(file: Path, entry: dict[str, Any]) -> SayingDef:
    demand(file, entry, "says", "means")
    return SayingDef(fold(entry["says"]), fold(entry["means"]))
