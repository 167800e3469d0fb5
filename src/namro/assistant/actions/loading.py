"""Load what a package declares for the assistant: its reviewed lists."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from namro.assistant.catalog.topics import FILE, read_topics
from namro.assistant.models import Wordbook

TOPICS = "topics"
# List, the file of the package, and what reads and checks it.
LISTS: tuple[tuple[str, str, Callable[[Path], dict[str, Any]]], ...] = ((TOPICS, FILE, read_topics),)


@transaction.atomic
def load_package(folder: Path, *, progress: Callable[[float, str], None] | None = None) -> dict[str, int]:
    """Put the lists that a package has; the same folder twice changes nothing. Returns rows by kind."""
    found = [(code, read) for code, file, read in LISTS if (folder / file).is_file()]
    for code, read in found:
        Wordbook.objects.update_or_create(code=code, defaults={"body": read(folder)})
    if progress:
        progress(1.0, "trợ lý hỏi đáp")
    return {"assistant_lists": len(found)}
