"""Articles that were found: whether they hold on a day, and an amendment before what it amends."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from namro.assistant.models import CorpusState, LawArticle, LawDocument
from namro.assistant.terms import Corpus, Passage, Validity, Wording

if TYPE_CHECKING:
    from namro.assistant.formulas.ranking import Hit

ARTICLE = "article"
# "Điều 1, Điều 2 Nghị định số 61/2020/NĐ-CP": the articles that amend, and the number of their document.
_AMENDING = re.compile(r"(Điều \d+\w?(?:, Điều \d+\w?)*)[^;]*?\bsố (\d+/\d{4}/[A-ZĐ][A-ZĐ0-9-]+)")
_ARTICLES = re.compile(r"Điều (\d+\w?)")


def articles_of(hits: Sequence["Hit"], day: date) -> list[Passage]:
    """The articles that had not ended by the day, an amendment before what it amends; two queries."""
    rows = LawArticle.objects.filter(key__in=[hit.key for hit in hits]).select_related("document")
    named = {row.key: row for row in rows}
    as_of = _as_of()
    found = [_of_article(named[hit.key], day, as_of, hit.chance) for hit in hits if hit.key in named]
    return amendments_first([passage for passage in found if passage.validity != Validity.ENDED])


def article_on(key: str, day: date) -> Passage | None:
    """Return an article by its key as it stands on a day; None where there is none, or it has ended. Two queries."""
    row = LawArticle.objects.filter(key=key).select_related("document").first()
    if row is None or validity_on(row, day) == Validity.ENDED:
        return None
    return _of_article(row, day, _as_of())


def ended_documents(numbers: Collection[str], day: date) -> list[LawDocument]:
    """Return which of some documents are known to have ended by a day, by their numbers; one query."""
    return list(LawDocument.objects.filter(number__in=numbers, valid_to__lte=day).order_by("number"))


def days_of(article: LawArticle) -> tuple[date | None, date | None]:
    """From when to when (exclusive) an article holds; None where the source does not say."""
    document = article.document
    ends = [day for day in (article.valid_to, document.valid_to) if day]
    return article.valid_from or document.valid_from, min(ends, default=None)


def validity_on(article: LawArticle, day: date) -> Validity:
    """The standing of an article on a day; what is not known of it is told as unknown, never as in force.

    Unknown is also a text as it was passed, which others may have amended since, and one that stands here with the
    words of an amendment that held only later.
    """
    begins, ends = days_of(article)
    if ends is not None and ends <= day:
        return Validity.ENDED
    if begins is not None and begins > day:
        return Validity.COMING
    if article.amended_by and (article.amended_from is None or article.amended_from <= day):
        return Validity.UNKNOWN if begins is None else Validity.AMENDED
    is_known = begins is not None and article.document.wording == Wording.CONSOLIDATED
    return Validity.IN_FORCE if is_known and not article.amended_by else Validity.UNKNOWN


def amendments_first(passages: Sequence[Passage]) -> list[Passage]:
    """Articles in their order, but one that amends another right before the first that it amends, as sure."""
    ordered: list[Passage] = []
    for passage in passages:
        at = next(
            (at for at, other in enumerate(ordered) if passage.item in amending(other.amended_by)), None
        )
        if at is None or passage.validity == Validity.COMING:
            ordered.append(passage)
        else:
            ordered.insert(at, replace(passage, score=ordered[at].score))
    return ordered


def amending(amended_by: str) -> frozenset[str]:
    """Return the keys of the articles that the note of an amendment names, "số 23/2023/QH15" with its "Điều 1"."""
    return frozenset(
        f"{number}#{article}"
        for articles, number in _AMENDING.findall(amended_by)
        for article in _ARTICLES.findall(articles)
    )


def _as_of() -> str:
    """The state of the law that was loaded, in the words of its source."""
    return CorpusState.objects.filter(corpus=Corpus.LAW).values_list("as_of", flat=True).first() or ""


def _of_article(row: LawArticle, day: date, as_of: str, score: float = 1.0) -> Passage:
    begins, ends = days_of(row)
    title = f"Điều {row.article}. {row.title} ({row.document.name}, số {row.document.number})"
    return Passage(
        key=f"{Corpus.LAW}:{row.key}", corpus=Corpus.LAW, item=row.key, title=title, part=ARTICLE, text=row.text,
        score=score, as_of=as_of, valid_from=begins, valid_to=ends, validity=validity_on(row, day),
        amended_by=row.amended_by, amended_from=row.amended_from, wording=row.document.wording,
    )  # fmt: skip
