"""The topics out of scope that a package declares: read from its file, checked, and read again as they were stored."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from namro.assistant.rules.scope import Topic, spell
from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed, storable

FILE = "assistant/scope.yaml"
_DEMANDED = ("code", "name", "words", "says", "who")


def read_topics(folder: Path) -> dict[str, Any]:
    """Return the file of a package as it is stored; FileRefused with the line of what is wrong."""
    path = folder / FILE
    body = read_reviewed(path)
    demand(path, body, "owner", "next_review", "topics")
    for entry in body["topics"]:
        demand(path, entry, *_DEMANDED)
        for words in [*entry["words"], *entry.get("marked", []), *entry.get("unless", [])]:
            if not isinstance(words, str) or not all(spell(part) for part in words.split("*")):
                raise FileRefused(path, entry[LINE], f"“{words}” không phải là các âm tiết")
    stored: dict[str, Any] = storable(body)
    return stored


def topics_of(body: Mapping[str, Any]) -> tuple[Topic, ...]:
    """Return the topics of a stored file, in their order."""
    return tuple(
        Topic(
            code=entry["code"],
            name=entry["name"],
            words=tuple(entry["words"]),
            says=entry["says"],
            who=entry["who"],
            marked=tuple(entry.get("marked", ())),
            unless=tuple(entry.get("unless", ())),
        )
        for entry in body["topics"]
    )
