"""Noting lateness: a dossier whose clock ran out is late from that day on, whatever clocks say later."""

from datetime import datetime

from django.db import transaction

from namro.audit.actions import line, record_many
from namro.dossiers.models import Dossier, DossierEvent
from namro.dossiers.queries import today
from namro.dossiers.rules import late_on_at
from namro.dossiers.terms import RUNNING, Verb

AT_ONCE = 1000


def note_late() -> int:
    """Note every dossier that has become late since the last time; returns how many. Twice is as once."""
    now, noted = today.now(), 0
    while found := _note_some(now):
        noted += found
    return noted


@transaction.atomic
def _note_some(now: datetime) -> int:
    """Rows that somebody is working on now are left to their own act, which notes it as well."""
    ran_out = Dossier.objects.filter(state__in=RUNNING, due_at__lt=now, late_on__isnull=True)
    rows = list(ran_out.order_by("due_at").select_for_update(skip_locked=True, of=("self",))
                .select_related("unit")[:AT_ONCE])  # fmt: skip
    for row in rows:
        row.late_on, row.touched_at = late_on_at(row, now), max(now, row.touched_at)
        row.version_no += 1
    Dossier.objects.bulk_update(rows, ["late_on", "touched_at", "version_no"], batch_size=500)
    DossierEvent.objects.bulk_create([_event(row) for row in rows], batch_size=500)
    record_many([
        line(by=None, verb=Verb.NOTE_LATE, obj=row, after={"late_on": row.late_on}, unit=row.unit.code)
        for row in rows
    ])  # fmt: skip
    return len(rows)


def _event(row: Dossier) -> DossierEvent:
    return DossierEvent(
        dossier=row, at=row.touched_at, verb=Verb.NOTE_LATE, state_before=row.state, state_after=row.state,
        desk_id=row.desk_id, due_at=row.due_at,
    )  # fmt: skip
