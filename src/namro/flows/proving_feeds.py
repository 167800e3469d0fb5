"""What the rules over sources call for, held against the faults that were planted in what was sent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from namro.alerts.models import Rule
from namro.alerts.terms import Kind
from namro.flows.proving import Fault, Proof
from namro.ground.days import DayRefused, parse_day
from namro.sources.models import Batch, QuarantinedRow, Source
from namro.sources.terms import BatchState, RowState

# A clock that runs ahead writes days as far away as this.
AHEAD = timedelta(days=366)


def prove_feeds(faults: Sequence[Fault]) -> Proof:
    """Return what the live rules over held rows and refused batches came to: one call a source and rule."""
    proof = Proof()
    kinds = set(Rule.objects.filter(is_live=True).values_list("kind", flat=True))
    if Kind.FEED_ROWS_HELD in kinds:
        for source, days in _held_days().items():
            _count(proof, [f for f in faults if _is_held(f, source, days)])
    if Kind.FEED_FAILED in kinds:
        failed = Batch.objects.filter(state=BatchState.FAILED).values_list("source__code", flat=True)
        for source in sorted(set(failed)):
            _count(proof, [f for f in faults if Kind.FEED_FAILED in f.by and source in f.sources])
    return proof


def _count(proof: Proof, behind: Sequence[Fault]) -> None:
    proof.calls += 1
    proof.right += bool(behind)
    proof.found |= {fault.code: 0 for fault in behind}


def _is_held(fault: Fault, source: str, days: set[date]) -> bool:
    """Whether rows of the fault's days were held, or of days that a fast clock made of them."""
    if Kind.FEED_ROWS_HELD not in fault.by or source not in fault.sources:
        return False
    return any(fault.start <= day <= fault.end or fault.end < day <= fault.end + AHEAD for day in days)


def _held_days() -> Mapping[str, set[date]]:
    """Return by source the days that its held rows bear."""
    times = {row.code: row.definition.time for row in Source.objects.filter(is_active=True)}
    found: defaultdict[str, set[date]] = defaultdict(set)
    held = QuarantinedRow.objects.filter(state=RowState.OPEN).values_list("batch__source__code", "body")
    for code, body in held:
        if day := _day(body.get(times.get(code, ""))):
            found[code].add(day)
    return found


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        pass
    try:
        return parse_day(str(text)[:10])
    except DayRefused:
        return None
