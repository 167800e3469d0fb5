"""Retrieving: the passages that may answer a question, best first, as they hold on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from namro.assistant.queries.index import segments
from namro.assistant.queries.law import articles_of
from namro.assistant.queries.words import words
from namro.assistant.terms import PUBLIC_CORPORA, Corpus, Passage, Validity
from namro.organisation.terms import Viewer
from namro.procedures.models import Procedure, ProcedureVersion
from namro.procedures.terms import Part

if TYPE_CHECKING:
    from namro.assistant.formulas.ranking import Hit

MOST_PASSAGES = 10
# So many articles more are sought than are shown: some have ended by the day.
SPARE = 10


def retrieve(
    question: str,
    *,
    day: date,
    corpora: Sequence[Corpus] = PUBLIC_CORPORA,
    limit: int = MOST_PASSAGES,
    viewer: Viewer | None = None,
) -> list[Passage]:
    """The passages that may answer the question on the day, one an item, at most `limit`, best first.

    Both corpora are public, so no viewer is asked; what the asker alone may see is read by the officer's own tools.
    """
    from namro.assistant.formulas.questions import terms_of  # noqa: PLC0415 - numpy, not before the first question
    from namro.assistant.formulas.ranking import search  # noqa: PLC0415 - see above

    terms = terms_of(question, words())
    found: list[Passage] = []
    for corpus in corpora:
        if corpus in READERS and terms:
            spare = SPARE if corpus == Corpus.LAW else 0
            hits = search(segments(corpus), corpus, terms, limit + spare)
            found += READERS[corpus](hits, day)[:limit]
    return sorted(found, key=lambda passage: -passage.score)[:limit]


def _procedures(hits: Sequence["Hit"], day: date) -> list[Passage]:
    """The procedures that had a text on the day, each with the part that fits best; two queries."""
    named = {row.code: row for row in Procedure.objects.filter(code__in=[hit.key for hit in hits])}
    held = ProcedureVersion.objects.filter(
        procedure__in=[row.pk for row in named.values()], valid_from__lte=day
    )
    last = held.order_by("procedure_id", "-number").distinct("procedure_id")
    versions = {row.procedure_id: row for row in last.select_related("batch").defer("batch__faults")}
    return [
        _of_procedure(hit, named[hit.key], version)
        for hit in hits
        if hit.key in named and (version := versions.get(named[hit.key].pk)) and version.body is not None
    ]


def _of_procedure(hit: "Hit", row: Procedure, version: ProcedureVersion) -> Passage:
    part, text = _part(hit, version.body or {})
    return Passage(
        key=f"{Corpus.PROCEDURES}:{row.code}#{part}", corpus=Corpus.PROCEDURES, item=row.code,
        title=row.name, part=part, text=text, score=hit.chance,
        url=reverse("procedure", args=[row.code]), as_of=version.batch.source_as_of,
        valid_from=version.valid_from, validity=Validity.IN_FORCE,
    )  # fmt: skip


def _part(hit: "Hit", body: Mapping[str, Any]) -> tuple[Part, str]:
    """The part of the record in which the best passage stands, and its words."""
    from namro.assistant.formulas.items import PART_OF  # noqa: PLC0415 - see above

    part = PART_OF[hit.field]
    held = body.get(part.value) or ""
    if isinstance(held, str):
        return part, held
    lines = [
        each if isinstance(each, str) else " — ".join(str(word) for word in each.values() if word)
        for each in held
    ]
    return part, "\n".join(lines)


# Who reads the words of what was found, by corpus.
READERS = {Corpus.PROCEDURES: _procedures, Corpus.LAW: articles_of}
