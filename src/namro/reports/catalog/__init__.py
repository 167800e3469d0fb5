"""Declared things of the reports: templates, and the facts of the source documents they must be able to tell."""

from collections.abc import Iterator
from typing import Any

from namro.sources.catalog.reading import Entry


def named(entry: Entry | None) -> Iterator[tuple[str, Any]]:
    """Yield the pairs of a mapping without the line that the reader keeps in it."""
    return ((str(key), value) for key, value in (entry or {}).items() if not str(key).startswith("__"))
