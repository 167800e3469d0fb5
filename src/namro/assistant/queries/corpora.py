"""What the corpora hold: a stamp that changes with them, the digest of each item, and items as the index takes them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import connection

from namro.assistant.models import CityText, LawArticle
from namro.assistant.queries.city import code_of, keys_of
from namro.assistant.terms import Corpus
from namro.procedures.models import Procedure

if TYPE_CHECKING:
    from namro.assistant.formulas.building import Item

# So many records are fetched at once: a body is some ten kilobytes.
FETCHED = 500
# Of procedures the last version and how many imports are published, of the others the digest of the files put last.
_STAMPS = """
SELECT %s, (SELECT coalesce(max(id), 0) FROM procedures_procedureversion) || '.' ||
           (SELECT count(*) FROM procedures_procedureimport WHERE published_at IS NOT NULL)
UNION ALL SELECT corpus, digest FROM assistant_corpusstate
"""


class Holding(ABC):
    """The tables behind a corpus."""

    @abstractmethod
    def digests(self) -> dict[str, str]:
        """Return the items by their keys, each with the digest of its words."""

    @abstractmethod
    def count(self) -> int:
        """Return how many items there are; one short query."""

    @abstractmethod
    def fetch(self, keys: Sequence[str]) -> Iterator["Item"]:
        """Return the items of some keys, all at once."""


class Procedures(Holding):
    """Procedures in force, of which versions are appended and imports are published."""

    def digests(self) -> dict[str, str]:
        """Return the digests of the versions in force."""
        return dict(Procedure.objects.filter(current__isnull=False).values_list("code", "current__digest"))

    def count(self) -> int:
        """Return how many are in force."""
        return Procedure.objects.filter(current__isnull=False).count()

    def fetch(self, keys: Sequence[str]) -> Iterator["Item"]:
        """Return procedures with their parts."""
        from namro.assistant.formulas.items import procedure_item  # noqa: PLC0415 - not before the first question

        rows = Procedure.objects.filter(code__in=keys, current__isnull=False)
        for code, body, digest in rows.values_list("code", "current__body", "current__digest"):
            yield procedure_item(code, body or {}, digest or "")


class Law(Holding):
    """Articles, which a package brings all at once."""

    def digests(self) -> dict[str, str]:
        """Return the digests of the articles."""
        return dict(LawArticle.objects.values_list("key", "digest"))

    def count(self) -> int:
        """Return how many articles there are."""
        return LawArticle.objects.count()

    def fetch(self, keys: Sequence[str]) -> Iterator["Item"]:
        """Return articles, a passage a clause."""
        from namro.assistant.formulas.items import article_item  # noqa: PLC0415 - not before the first question

        for row in LawArticle.objects.filter(key__in=keys).select_related("document"):
            heading = f"Điều {row.article}. {row.title}"
            yield article_item(row.key, heading, row.document.name, row.document.kind, row.text, row.digest)


class City(Holding):
    """What the city says: an item a way of asking, so that one long list of ways does not dilute each."""

    def digests(self) -> dict[str, str]:
        """Return the ways of asking with the digest of their text."""
        return {key: row.digest for row in CityText.objects.all() for key in keys_of(row)}

    def count(self) -> int:
        """Return how many texts there are, each with a few ways of asking."""
        return CityText.objects.count()

    def fetch(self, keys: Sequence[str]) -> Iterator["Item"]:
        """Return ways of asking, each with the words that answer it."""
        from namro.assistant.formulas.items import city_item  # noqa: PLC0415 - not before the first question

        wanted = frozenset(keys)
        for row in CityText.objects.filter(code__in={code_of(key) for key in keys}):
            for key, ask in zip(keys_of(row), row.asks, strict=True):
                if key in wanted:
                    yield city_item(key, ask, row.source, row.words, row.digest)


HOLDINGS: Mapping[Corpus, Holding] = {
    Corpus.PROCEDURES: Procedures(),
    Corpus.LAW: Law(),
    Corpus.CITY: City(),
}


def stamps() -> dict[str, str]:
    """Return, by corpus, what differs whenever its items may; nothing for one that is not there. One short query."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMPS, [Corpus.PROCEDURES.value])
        return dict(cursor.fetchall())


def items(corpus: Corpus, keys: Sequence[str]) -> Iterator["Item"]:
    """Return the items of some keys, fetched FETCHED at a time."""
    for start in range(0, len(keys), FETCHED):
        yield from HOLDINGS[corpus].fetch(keys[start : start + FETCHED])
