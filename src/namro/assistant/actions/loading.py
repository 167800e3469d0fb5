"""Load what a package declares for the assistant: its reviewed lists."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from namro.assistant.actions.city import put_city
from namro.assistant.actions.law import put_law
from namro.assistant.catalog import measured, words
from namro.assistant.catalog.topics import FILE, read_topics
from namro.assistant.jobs import make_index
from namro.assistant.models import Wordbook
from namro.assistant.queries.measured import MEASURED
from namro.assistant.queries.topics import TOPICS
from namro.assistant.queries.words import WORDS
from namro.jobs import enqueue

# List, the file of the package, and what reads and checks it.
LISTS: tuple[tuple[str, str, Callable[[Path], dict[str, Any]]], ...] = (
    (TOPICS, FILE, read_topics),
    (WORDS, words.FILE, words.read_words),
    (MEASURED, measured.FILE, measured.read_measured),
)


@transaction.atomic
def load_package(folder: Path, *, progress: Callable[[float, str], None] | None = None) -> dict[str, int]:
    """Put the lists, the law and the words of the city; twice changes nothing. Returns rows by kind."""
    found = [(code, read) for code, file, read in LISTS if (folder / file).is_file()]
    for code, read in found:
        Wordbook.objects.update_or_create(code=code, defaults={"body": read(folder)})
    articles, texts = put_law(folder), put_city(folder)
    enqueue(make_index)  # ten seconds and more, which the first page does not wait for
    if progress:
        progress(1.0, "trợ lý hỏi đáp")
    return {"assistant_lists": len(found), "articles": articles, "city_texts": texts}
