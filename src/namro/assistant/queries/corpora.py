"""What the corpora hold: a stamp that changes with them, the digest of each item, and items as the index takes them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.db import connection

from namro.assistant.models import CorpusState, LawArticle
from namro.assistant.terms import Corpus
from namro.procedures.models import Procedure

if TYPE_CHECKING:
    from namro.assistant.formulas.building import Item

# So many records are fetched at once: a body is some ten kilobytes.
FETCHED = 500
_PROCEDURES = """
SELECT (SELECT coalesce(max(id), 0) FROM procedures_procedureversion),
       (SELECT count(*) FROM procedures_procedureimport WHERE published_at IS NOT NULL)
"""


def stamp(corpus: Corpus) -> str:
    """Return what differs whenever the items of a corpus may; one short query."""
    if corpus == Corpus.PROCEDURES:
        with connection.cursor() as cursor:
            cursor.execute(_PROCEDURES)
            return ".".join(str(each) for each in cursor.fetchone())
    return CorpusState.objects.filter(corpus=corpus).values_list("digest", flat=True).first() or ""


def digests(corpus: Corpus) -> dict[str, str]:
    """Return the items that a corpus holds now, each with the digest of its words."""
    if corpus == Corpus.PROCEDURES:
        in_force = Procedure.objects.filter(current__isnull=False)
        return dict(in_force.values_list("code", "current__digest"))
    return dict(LawArticle.objects.values_list("key", "digest"))


def count(corpus: Corpus) -> int:
    """Return how many items a corpus holds now; one short query."""
    if corpus == Corpus.PROCEDURES:
        return Procedure.objects.filter(current__isnull=False).count()
    return LawArticle.objects.count()


def items(corpus: Corpus, keys: Sequence[str]) -> Iterator["Item"]:
    """Return the items of some keys, fetched FETCHED at a time."""
    for some in _batches(keys):
        yield from _procedures(some) if corpus == Corpus.PROCEDURES else _articles(some)


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + FETCHED] for start in range(0, len(keys), FETCHED))


def _procedures(codes: Iterable[str]) -> Iterator["Item"]:
    from namro.assistant.formulas.items import procedure_item  # noqa: PLC0415 - not before the first question

    rows = Procedure.objects.filter(code__in=codes, current__isnull=False)
    for code, body, digest in rows.values_list("code", "current__body", "current__digest"):
        yield procedure_item(code, body or {}, digest or "")


def _articles(keys: Iterable[str]) -> Iterator["Item"]:
    from namro.assistant.formulas.items import article_item  # noqa: PLC0415 - not before the first question

    for row in LawArticle.objects.filter(key__in=keys).select_related("document"):
        heading = f"Điều {row.article}. {row.title}"
        yield article_item(row.key, heading, row.document.name, row.document.kind, row.text, row.digest)
