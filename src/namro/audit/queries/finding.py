"""Reads of the log."""

from django.db.models import Q, QuerySet

from namro.audit.models import Entry


def entries_about(kind: str, key: object) -> QuerySet[Entry]:
    """Lines about one row, newest first; `kind` is app.model in lower case."""
    return Entry.objects.filter(kind=kind, key=str(key))


def find_entries(*, words: str = "", before_id: int | None = None) -> QuerySet[Entry]:
    """Lines newest first, whose verb, label or person holds the words; `before_id` pages on."""
    rows = Entry.objects.all()
    if words:
        rows = rows.filter(Q(verb__icontains=words) | Q(label__icontains=words) | Q(by_name__icontains=words))
    return rows.filter(id__lt=before_id) if before_id else rows
