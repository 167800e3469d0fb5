"""The words of people as they were loaded, ready to read questions with."""

from typing import TYPE_CHECKING

from django.db import connection

from namro.assistant.catalog.words import entries_of
from namro.assistant.models import Wordbook
from namro.organisation.models import Unit
from namro.organisation.terms import COMMUNE_KINDS, PROVINCE_KINDS, UnitKind

if TYPE_CHECKING:
    from namro.assistant.formulas.questions import Words

WORDS = "words"
OLD_KINDS = frozenset({UnitKind.DISTRICT, UnitKind.TOWNSHIP})
_MARK = """
SELECT (SELECT md5(body::text) FROM assistant_wordbook WHERE code = %s), count(*), coalesce(max(id), 0)
FROM organisation_unit
"""
_read: dict[tuple[str | None, int, int], "Words"] = {}


def words() -> "Words":
    """Return the word list with the places of the city; one short query, read again only when one of them changed."""
    from namro.assistant.formulas.questions import words_from  # noqa: PLC0415 - not before the first question

    mark = _mark()
    if mark not in _read:
        row = Wordbook.objects.filter(code=WORDS).first()
        found = row.body if row is not None else {"short": (), "sayings": (), "asking": ()}
        _read.clear()
        _read[mark] = words_from(entries_of(found), found["asking"], _places())
    return _read[mark]


def _mark() -> tuple[str | None, int, int]:
    """What differs where the list or the units do."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [WORDS])
        body, units, last = cursor.fetchone()
    return body, units, last


def _places() -> list[str]:
    """The names of communes and districts, of today and of before, and of what they lie in."""
    within = Unit.objects.filter(kind__in=COMMUNE_KINDS | OLD_KINDS)
    above = Unit.objects.filter(
        children__kind__in=COMMUNE_KINDS | {UnitKind.DISTRICT}, kind__in=PROVINCE_KINDS
    )
    return [*within.values_list("name", flat=True), *above.distinct().values_list("name", flat=True)]
