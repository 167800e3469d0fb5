"""Retrieving: the passages that may answer a question, best first, as they hold on a day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from namro.assistant.terms import PUBLIC_CORPORA, Corpus, Passage, Validity
from namro.organisation.terms import Viewer
from namro.procedures.models import Procedure
from namro.procedures.queries import Asked, page_of, version_on
from namro.procedures.terms import Part

MOST_PASSAGES = 10


def retrieve(
    question: str,
    *,
    day: date,
    corpora: Sequence[Corpus] = PUBLIC_CORPORA,
    limit: int = MOST_PASSAGES,
    viewer: Viewer | None = None,
) -> list[Passage]:
    """The passages that may answer the question on the day, one an item, at most `limit`, best first."""
    if Corpus.PROCEDURES not in corpora:
        return []
    found = page_of(Asked(words=question), size=limit).procedures
    return [passage for row in found for passage in _of_procedure(row, day)]


def _of_procedure(row: Procedure, day: date) -> Iterator[Passage]:
    version = version_on(row, day)
    if version is not None and version.body is not None:
        yield Passage(
            key=f"{Corpus.PROCEDURES}:{row.code}#{Part.DOCUMENTS}", corpus=Corpus.PROCEDURES, item=row.code,
            title=row.name, part=Part.DOCUMENTS, text=_papers(version.body), score=0.5,
            url=reverse("procedure", args=[row.code]), as_of=version.batch.source_as_of,
            valid_from=version.valid_from, validity=Validity.IN_FORCE,
        )  # fmt: skip


def _papers(body: Mapping[str, Any]) -> str:
    return "\n".join(paper["name"] for paper in body["documents"])
