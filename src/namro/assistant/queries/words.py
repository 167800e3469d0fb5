"""The words of people as they were loaded, ready to read questions with."""

from typing import TYPE_CHECKING

from django.db.models import TextField
from django.db.models.functions import MD5, Cast

from namro.assistant.catalog.words import entries_of
from namro.assistant.models import Wordbook

if TYPE_CHECKING:
    from namro.assistant.formulas.questions import Words

WORDS = "words"
_read: dict[str, "Words"] = {}


def words() -> "Words":
    """Return the word list, empty before a package is loaded; one short query, read again only when it changed."""
    from namro.assistant.formulas.questions import words_from  # noqa: PLC0415 - not before the first question

    row = Wordbook.objects.filter(code=WORDS)
    mark = row.values_list(MD5(Cast("body", TextField())), flat=True).first() or ""
    if mark not in _read:
        found = row.get().body if mark else None
        _read.clear()
        _read[mark] = words_from(entries_of(found), found["asking"]) if found else words_from((), ())
    return _read[mark]
