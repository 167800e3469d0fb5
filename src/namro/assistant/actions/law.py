"""Putting the law of a package, by COPY: all of it anew when one of its files changed, else nothing."""

from pathlib import Path

from django.db import connection

from namro.assistant.catalog.law import HEAD, ArticleDef, ChangeDef, LawDef, articles, read_law
from namro.assistant.models import CorpusState, LawArticle, LawDocument
from namro.assistant.terms import Corpus
from namro.ground.reviewed import FileRefused

COLUMNS = "document_id key article title text valid_from valid_to amended_by amended_from digest".split()
UNCHANGED = ChangeDef(None, "", None, 0)


def put_law(folder: Path) -> int:
    """Store the law that a package has; returns its articles. FileRefused with the line of a fault."""
    if not (folder / HEAD).is_file():
        return 0
    law = read_law(folder)
    if CorpusState.objects.filter(corpus=Corpus.LAW, digest=law.digest).exists():
        return LawArticle.objects.count()
    LawDocument.objects.all().delete()
    rows = LawDocument.objects.bulk_create(LawDocument(**vars(each)) for each in law.documents.values())
    count = _append(law, {row.number: row.pk for row in rows})
    CorpusState.objects.update_or_create(
        corpus=Corpus.LAW, defaults={"digest": law.digest, "as_of": law.as_of}
    )
    return count


def _append(law: LawDef, numbers: dict[str, int]) -> int:
    """Write the articles, twenty megabytes, by COPY; return how many."""
    count, changed = 0, dict(law.changes)
    columns = ", ".join(COLUMNS)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY assistant_lawarticle ({columns}) FROM STDIN") as copy,
    ):
        for article in articles(law):
            change = changed.pop(article.key, UNCHANGED)
            copy.write_row(_row(article, numbers[article.number], change))
            count += 1
    for key, change in changed.items():
        raise FileRefused(law.changed, change.line, f"không có điều nào là “{key}”")
    return count


def _row(article: ArticleDef, document: int, change: ChangeDef) -> list[object]:
    return [
        document, article.key, article.article, article.title, article.text, article.valid_from, change.valid_to,
        change.amended_by or article.amended_by, change.amended_from or article.amended_from, article.digest,
    ]  # fmt: skip
