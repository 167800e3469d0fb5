"""Reads of the marks: which batches of a source the figures do not know yet, and which months these touched."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from namro.indicators.models import BatchMark, SourceMark
from namro.indicators.terms import IndicatorDef
from namro.sources.models import Batch
from namro.sources.terms import BatchState, Mode


@dataclass(frozen=True)
class Pending:
    """What is to be computed of a source: the months touched ('YYYY-MM'), None for all of them; by which batches."""

    batches: tuple[UUID, ...]
    months: frozenset[str] | None

    @property
    def is_nothing(self) -> bool:
        """Whether the figures know all that there is."""
        return not self.batches and self.months is not None


def pending(source: str, digest: str) -> Pending:
    """Return what the figures of a source do not know yet; all of it where another digest computed them."""
    landed = Batch.objects.filter(source__code=source, state=BatchState.LANDED)
    marked = BatchMark.objects.filter(source__source=source).values("batch")
    batches = list(landed.exclude(pk__in=marked).select_related("replaces", "source"))
    found = tuple(batch.pk for batch in batches)
    is_new = landed.exists() and not SourceMark.objects.filter(source=source, digest=digest).exists()
    if is_new or any(batch.source.definition.mode is Mode.REPLACE_ALL for batch in batches):
        return Pending(found, None)
    return Pending(found, frozenset(month for batch in batches for month in _months(batch)))


def digest_of(definitions: Sequence[IndicatorDef], above: Iterable[tuple[str, str]]) -> str:
    """Return what tells whether figures were computed by these definitions on this tree."""
    asked = [
        (each.code, each.version, each.kind, each.factor, each.by, each.periods, sorted(each.parts.items()))
        for each in sorted(definitions, key=lambda each: each.code)
    ]
    return hashlib.sha256(repr((asked, sorted(above))).encode()).hexdigest()


def _months(batch: Batch) -> list[str]:
    """Return the months that a batch touched: its own, and those of the one in whose place it came."""
    return [*batch.months, *(batch.replaces.months if batch.replaces else ())]
