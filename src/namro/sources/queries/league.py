"""Sources as people watch over them: who kept the promise, what came, what failed, what waits to be mended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet, Sum

from namro.ground import clock
from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer
from namro.sources.models import Batch, QuarantinedRow, Source
from namro.sources.rules.schedule import freshness
from namro.sources.terms import BatchState, ContractDef, Freshness, RowState

# What happened in these days counts in the league.
WINDOW = timedelta(days=30)
_WORST_FIRST = (Freshness.SILENT, Freshness.LATE, Freshness.FRESH)


@dataclass(frozen=True)
class SourceLine:
    """A source in the league: its contract, its owner, and how the last 30 days went."""

    contract: ContractDef
    owner: Unit | None
    state: Freshness
    last: datetime | None
    rows: int
    landed: int
    failed: int
    held: int


def visible_sources(viewer: Viewer) -> QuerySet[Source]:
    """Return the sources in use that a viewer may see: all for who runs them, or those of the viewer's units."""
    found = Source.objects.filter(is_active=True)
    if viewer.unit_ids is None or viewer.can(Capability.RUN_SOURCES):
        return found
    return found.filter(owner__in=Unit.objects.filter(pk__in=viewer.unit_ids).values("code"))


def may_send(viewer: Viewer, source: Source) -> bool:
    """Whether the viewer may send for a source: who runs the sources, or who fills forms for the unit that owns it."""
    if viewer.can(Capability.RUN_SOURCES):
        return True
    owner = Unit.objects.filter(code=source.owner, valid_to__isnull=True).values_list("pk", flat=True).first()
    return viewer.can(Capability.FILL_FORMS) and owner in viewer.post_unit_ids


def league(viewer: Viewer) -> list[SourceLine]:
    """Return the sources within reach, those that break their promise first; four queries."""
    now, sources = clock.now(), list(visible_sources(viewer))
    recent = Q(started_at__gte=now - WINDOW)
    landed, failed = Q(state=BatchState.LANDED), Q(state=BatchState.FAILED)
    told = Batch.objects.filter(source__in=sources).values("source").annotate(
        last=Max("ended_at", filter=landed),
        rows=Sum("rows_landed", filter=landed & recent),
        landed=Count("pk", filter=landed & recent),
        failed=Count("pk", filter=failed & recent),
    )  # fmt: skip
    by_source = {each["source"]: each for each in told}
    waiting = QuarantinedRow.objects.filter(batch__source__in=sources, state=RowState.OPEN)
    held = dict(waiting.values_list("batch__source").annotate(Count("pk")))
    owners = {
        unit.code: unit
        for unit in Unit.objects.filter(code__in={each.owner for each in sources}, valid_to=None)
    }
    lines = [
        _line(each, dict(by_source.get(each.pk) or {}), held.get(each.pk, 0), owners, now) for each in sources
    ]
    return sorted(lines, key=lambda line: (_WORST_FIRST.index(line.state), line.contract.name))


def _line(
    source: Source, told: dict[str, object], held: int, owners: dict[str, Unit], now: datetime
) -> SourceLine:
    contract = source.definition
    last = told.get("last")
    last = last if isinstance(last, datetime) else None
    counts = {name: int(str(told.get(name) or 0)) for name in ("rows", "landed", "failed")}
    state = freshness(last, contract.freshness_hours, now)
    return SourceLine(contract, owners.get(source.owner), state, last, held=held, **counts)
