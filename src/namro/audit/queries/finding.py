"""Finding lines of the log."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, QuerySet

from namro.audit.models import Entry
from namro.audit.terms import Sought


def entries_about(kind: str, key: object) -> QuerySet[Entry]:
    """Lines about one row, newest first; `kind` is app.model in lower case."""
    return Entry.objects.filter(kind=kind, key=str(key))


def find_entries(sought: Sought, *, before_id: int | None = None) -> QuerySet[Entry]:
    """The lines looked for, newest first; `before_id` pages on."""
    rows = Entry.objects.filter(_told(sought))
    return rows.filter(id__lt=before_id) if before_id else rows


def _told(sought: Sought) -> Q:
    asked = {
        "by_id__in": sought.people,
        "verb__in": sought.verbs or None,
        "kind": sought.kind or None,
        "key": sought.key or None,
        "unit_code__in": sought.units,
        "day__gte": sought.start,
        "day__lte": sought.end,
    }
    wanted = Q(**{name: value for name, value in asked.items() if value is not None})
    return wanted & _holding(sought.words) if sought.words else wanted


def _holding(words: str) -> Q:
    return (
        Q(verb__icontains=words)
        | Q(label__icontains=words)
        | Q(by_name__icontains=words)
        | Q(ground__icontains=words)
    )


def count_acts(verbs: Collection[str], *, since: date) -> tuple[int, int]:
    """How many acts of these kinds since a day, and by how many people; one query."""
    counted = Entry.objects.filter(verb__in=verbs, day__gte=since).aggregate(
        acts=Count("pk"), people=Count("by_id", distinct=True)
    )
    return counted["acts"], counted["people"]
