"""Marks of what is computed: one computation of a source at a time, and no batch twice."""

from datetime import date

from django.db import transaction

from namro.indicators.models import BatchMark, SourceMark
from namro.indicators.queries.marks import Pending


def hold_mark(source: str) -> SourceMark:
    """Return the mark of a source, held until the end of the transaction: who comes second waits and finds it done."""
    SourceMark.objects.get_or_create(source=source)
    return SourceMark.objects.select_for_update().get(source=source)


@transaction.atomic
def move_mark(mark: SourceMark, done: Pending, *, digest: str, day: date) -> None:
    """Say that the figures of a source know these batches now."""
    mark.digest, mark.day = digest, day
    mark.save(update_fields=["digest", "day"])
    BatchMark.objects.bulk_create(
        [BatchMark(batch=batch, source=mark) for batch in done.batches], ignore_conflicts=True
    )
