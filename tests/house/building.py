"""What the house tests walk through: the source, its domains from the ground up, and the routes."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "namro"
PACKAGE = ROOT / "packages" / "danang"
DAY = date(2025, 7, 9)
# From the ground up; a domain may know those before it.
DOMAINS = (
    "audit",
    "organisation",
    "delivery",
    "access",
    "sources",
    "indicators",
    "alerts",
    "tasks",
    "procedures",
    "dossiers",
    "queues",
    "quality",
    "offers",
    "reports",
    "assistant",
)


@cache
def kept_files() -> list[Path]:
    """Return the files that are, or are about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def sources(suffix: str = ".py") -> list[Path]:
    """Return our own source files, without migrations and what others made."""
    inside = [path for path in kept_files() if path.suffix == suffix and SOURCE in path.parents]
    return [path for path in inside if not {"migrations", "vendor"} & set(path.parts)]


@dataclass(frozen=True)
class Route:
    """A way into the house."""

    name: str
    pattern: str
    view: Callable[..., Any]
    arguments: tuple[str, ...]


def routes() -> list[Route]:
    """Return every route."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(entry.name or "", pattern, entry.callback, tuple(entry.pattern.converters))
        else:
            yield from _walk(entry, pattern)
