"""Reads of sources in the making: drafts, the rows of a sample, what its unit column means, codes that are taken."""

import io
from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from namro.access.models.sealed import unseal
from namro.organisation.models import Unit
from namro.sources.models import Source, SourceDraft, SourceSample
from namro.sources.queries.intake import codes_in
from namro.sources.rules.units import meant
from namro.sources.terms import Codes, UnitCodes, UnitColumn
from namro.sources.terms.drafts import DraftState, UnitMatch

if TYPE_CHECKING:
    import pyarrow as pa

# Different values of a column that are held against the code lists; more of them would say the same.
MOST_LOOKED_UP = 2_000
UNKNOWN_SHOWN = 5


def open_drafts() -> QuerySet[SourceDraft]:
    """Return the drafts that wait to be gone on with, the last saved first."""
    return (
        SourceDraft.objects.filter(state=DraftState.OPEN)
        .select_related("saved_by", "sample")
        .defer("sample__rows")
    )


def draft_of(pk: UUID) -> SourceDraft | None:
    """Return a draft with what is known of its sample, but for the rows."""
    found = SourceDraft.objects.select_related("sample", "saved_by", "revises", "source").defer(
        "sample__rows"
    )
    return found.filter(pk=pk).first()


def sample_of(draft: SourceDraft) -> SourceSample | None:
    """Return the sample of a draft that was read with it, None without one."""
    return getattr(draft, "sample", None)


def sample_rows(sample: SourceSample) -> "pa.Table":
    """Return the rows of a sample: text under the headings as they came."""
    import pyarrow.parquet  # noqa: PLC0415 - loads with the first sample, not with every process

    return pyarrow.parquet.read_table(io.BytesIO(unseal(sample.rows)))


def taken_codes(*, but: SourceDraft | None = None) -> set[str]:
    """Return the codes that a new source may not bear: of every source, also ended ones, and of open drafts."""
    drafts, sources = SourceDraft.objects.filter(state=DraftState.OPEN), Source.objects.all()
    if but:
        drafts = drafts.exclude(pk=but.pk)
        sources = sources.exclude(pk=but.revises_id or 0)
    return {*sources.values_list("code", flat=True), *drafts.values_list("code", flat=True)}


def unit_match(rows: "pa.Table", heading: str, codes: Codes, city: Unit) -> UnitMatch:
    """Return how many of the different values of a column name a unit of the city by a code list."""
    return _match(rows, UnitColumn(heading, codes), codes_in(city, codes))


def best_unit_column(rows: "pa.Table", headings: Collection[str], city: Unit) -> UnitMatch | None:
    """Return the column that names units best, by the strictest code list that does; None where none does."""
    lists = {codes: codes_in(city, codes) for codes in (Codes.UNITS, Codes.AGENCIES, Codes.FORMER)}
    found = [
        _match(rows, UnitColumn(heading, codes), known)
        for codes, known in lists.items()
        for heading in headings
    ]
    known = [each for each in found if each.known]
    # The first of equals: today's codes before agencies before names and codes of before.
    return max(known, key=lambda each: (each.known / each.different, each.known), default=None)


def _match(rows: "pa.Table", rule: UnitColumn, codes: UnitCodes) -> UnitMatch:
    import pyarrow.compute as pc  # noqa: PLC0415 - see above

    different = [value for value in pc.unique(rows[rule.column]).to_pylist() if value][:MOST_LOOKED_UP]
    found = meant(different, codes, rule)
    unknown = [each.raw for each in found if not (each.early or each.late)]
    known = len(different) - len(unknown)
    return UnitMatch(rule.column, rule.codes, known, len(different), tuple(unknown[:UNKNOWN_SHOWN]))
