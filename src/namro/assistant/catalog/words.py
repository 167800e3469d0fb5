"""The words of people that a package declares: abbreviations, sayings and words of asking, read and checked."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from namro.ground.reviewed import FileRefused, demand, read_reviewed, storable

FILE = "assistant/words.yaml"


def read_words(folder: Path) -> dict[str, Any]:
    """Return the file of a package as it is stored; FileRefused with the line of what is wrong."""
    path = folder / FILE
    body = read_reviewed(path)
    demand(path, body, "owner", "next_review", "short", "sayings", "asking")
    said: set[str] = set()
    for entry in [*body["short"], *body["sayings"]]:
        demand(path, entry, "says", "means")
        if str(entry["says"]) in said:
            raise FileRefused(path, entry["__line__"], f"“{entry['says']}” có hai lần")
        said.add(str(entry["says"]))
    stored: dict[str, Any] = storable(body)
    return stored


def entries_of(body: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Return what is said, what it means, and whether the meaning takes its place; of a stored file."""
    for kind, replaces in (("short", True), ("sayings", False)):
        for entry in body[kind]:
            yield str(entry["says"]), str(entry["means"]), replaces
