"""From a source to the lake: what is due is fetched, taken in, and what it touched is figured."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from namro import jobs
from namro.flows.jobs import figure_source
from namro.ground import clock
from namro.lake import keeping, tables
from namro.organisation.models import Person
from namro.outside import connectors
from namro.outside.connectors import Asked, Shipment, Unreadable
from namro.sources.actions.drafts import forget_old_samples
from namro.sources.actions.intake import note_failure, note_nothing_new, take_in
from namro.sources.formulas.fitting import headings_of
from namro.sources.models import Batch, Source
from namro.sources.queries.intake import cursor_of, source
from namro.sources.rules.schedule import next_run
from namro.sources.terms import BatchState

# A sample of a source in the making holds rows that nobody may keep for long.
SAMPLES_STAY = timedelta(days=14)
AGAIN_AFTER = timedelta(hours=1)
# For so long the lake can be asked as it was on a day: two years and the quarter after them.
HISTORY = timedelta(days=2 * 366 + 92)


def run_source(code: str, *, by: Person | None = None) -> list[Batch]:
    """Fetch a source now and take in what it has; returns the receipts, at least one.

    What does not land stops the rest of the run, so that nothing overtakes what came before it.
    """
    asked_of = source(code)
    contract = asked_of.definition
    receipts: list[Batch] = []
    origin = str(contract.means.label)
    try:
        for shipment in _shipments(asked_of):
            origin = shipment.origin
            receipts.append(_taken(asked_of, shipment, by))
            if receipts[-1].state != BatchState.LANDED:
                break
    except Unreadable as fault:
        receipts.append(note_failure(asked_of, origin, str(fault)))
    return receipts or [note_nothing_new(asked_of, origin)]


def fetch(code: str) -> list[Batch]:
    """Fetch a source; after a failure it is due again within the hour. Returns the receipts."""
    receipts = run_source(code)
    if receipts[-1].state == BatchState.FAILED:
        soon = clock.now() + AGAIN_AFTER
        Source.objects.filter(code=code, next_run__gt=soon).update(next_run=soon)
    return receipts


def keep_lake() -> None:
    """Forget old samples and states nobody asks for, gather small files, clear away what nothing refers to."""
    forget_old_samples(clock.now() - SAMPLES_STAY)
    horizon = clock.today() - HISTORY
    for code in tables.tables():
        keeping.compact(code)
        keeping.expire(code, horizon)
        keeping.sweep(code)


def claim_due() -> Iterator[str]:
    """Yield the sources that are due, each to one caller only: its next run is set in the same statement."""
    now = clock.now()
    for due in Source.objects.filter(is_active=True, next_run__lte=now).order_by("next_run"):
        later = next_run(due.definition.schedule, now)
        if Source.objects.filter(pk=due.pk, next_run=due.next_run).update(next_run=later):
            yield due.code


def _shipments(asked_of: Source) -> Iterator[Shipment]:
    contract = asked_of.definition
    asked = Asked(
        contract.code, contract.settings, cursor_of(asked_of), contract.cursor, headings_of(contract)
    )
    with suppress(LookupError):  # it is sent, not fetched
        yield from connectors.read(contract.means, asked)


def _taken(asked_of: Source, shipment: Shipment, by: Person | None) -> Batch:
    batch = take_in(asked_of, shipment, by=by)
    if batch.state == BatchState.LANDED:
        shipment.settle()
        jobs.enqueue(figure_source, code=asked_of.code)
    return batch
