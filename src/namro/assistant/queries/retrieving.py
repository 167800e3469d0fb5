"""Retrieving: the passages that may answer a question, best first, as they hold on a day."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse

from namro.assistant.queries.city import city_texts_of
from namro.assistant.queries.index import opened
from namro.assistant.queries.law import articles_of
from namro.assistant.queries.words import words
from namro.assistant.terms import PUBLIC_CORPORA, Corpus, Passage, Validity
from namro.procedures.models import ProcedureVersion

if TYPE_CHECKING:
    from namro.assistant.formulas.ranking import Hit

MOST_PASSAGES = 10
# So many more are sought than are shown: some have ended by the day, and some ways of asking ask for the same.
SPARE = 10
# A small corpus knows too few words to tell a slip from a word; by which other one slips are told then.
KNOWING = {Corpus.CITY: Corpus.LAW}
HAS_ENDED = ExpressionWrapper(Q(body__isnull=True), output_field=BooleanField())


def retrieve(
    question: str,
    *,
    day: date,
    corpora: Sequence[Corpus] = PUBLIC_CORPORA,
    limit: int = MOST_PASSAGES,
) -> list[Passage]:
    """The passages that may answer the question on the day, one an item, at most `limit`, best first.

    These corpora are public, so no viewer is asked; what the asker alone may see is read by the officer's own tools.
    Procedures come without their words, which the card of the one that is chosen has.
    """
    from namro.assistant.formulas.questions import terms_of  # noqa: PLC0415 - numpy, not before the first question
    from namro.assistant.formulas.ranking import search  # noqa: PLC0415 - see above

    list_of_words = words()
    wanted = [corpus for corpus in corpora if corpus in READERS]
    indexes = opened({*wanted, *map(_knowing, wanted)})
    terms = {
        each: terms_of(question, list_of_words, indexes[each].vocabulary)
        for each in set(map(_knowing, wanted))
    }
    found: list[Passage] = []
    for corpus in wanted:
        spare = 0 if corpus == Corpus.PROCEDURES else SPARE
        asked = terms[_knowing(corpus)]
        hits = search(indexes[corpus].segments, corpus, asked, limit + spare) if asked else []
        found += READERS[corpus](hits, day)[:limit]
    return sorted(found, key=lambda passage: -passage.score)[:limit]


def _knowing(corpus: Corpus) -> Corpus:
    return KNOWING.get(corpus, corpus)


def _procedures(hits: Sequence["Hit"], day: date) -> list[Passage]:
    """The procedures that had a text on the day, each with the part that fits best, without its words; one query."""
    held = ProcedureVersion.objects.filter(procedure__code__in=[hit.key for hit in hits], valid_from__lte=day)
    last = held.order_by("procedure_id", "-number").distinct("procedure_id")
    columns = ("procedure__code", "procedure__name", "valid_from", "batch__source_as_of")
    lasting = {code: row for code, *row, has_ended in last.values_list(*columns, HAS_ENDED) if not has_ended}
    return [_of_procedure(hit, *lasting[hit.key]) for hit in hits if hit.key in lasting]


def _of_procedure(hit: "Hit", name: str, valid_from: date, as_of: str) -> Passage:
    from namro.assistant.formulas.items import PART_OF  # noqa: PLC0415 - see above

    part = PART_OF[hit.field]
    return Passage(
        key=f"{Corpus.PROCEDURES}:{hit.key}#{part}", corpus=Corpus.PROCEDURES, item=hit.key,
        title=name, part=part, text="", score=hit.chance, url=reverse("procedure", args=[hit.key]), as_of=as_of,
        valid_from=valid_from, validity=Validity.IN_FORCE,
    )  # fmt: skip


# Who reads the words of what was found, by corpus.
READERS = {Corpus.PROCEDURES: _procedures, Corpus.LAW: articles_of, Corpus.CITY: city_texts_of}
