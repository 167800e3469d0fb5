"""An urge is answered: by taking the matter on, by an act on it, or by its end."""

from collections.abc import Iterable

from django.db import connection

from namro.alerts.models import Urge
from namro.alerts.terms import CONDITION_GONE, AlertState
from namro.ground import clock
from namro.organisation.models import Person

# Urges of a rule whose matter is over; what a person asked for stays until somebody answers it.
SETTLED = f"""
UPDATE alerts_urge urge SET answered_at = %s, answer = %s
WHERE urge.answered_at IS NULL AND urge.by_id IS NULL AND NOT EXISTS (
    SELECT FROM alerts_alert alert
    WHERE alert.object_key = urge.object_key AND alert.unit_id = urge.unit_id AND alert.state = '{AlertState.OPEN}')
"""  # noqa: S608 - our own word


def answer(subjects: Iterable[tuple[str, int]], *, by: Person | None, words: str) -> int:
    """Note that the matters, as (object key, unit id), were answered; what was urged no longer climbs. Returns urges.

    Other domains call it when the one in charge acts: a report on a task answers what was urged about it.
    """
    wanted = set(subjects)
    waiting = Urge.objects.filter(answered_at__isnull=True, object_key__in={key for key, _ in wanted})
    rows = waiting.values_list("pk", "object_key", "unit_id")
    ids = [pk for pk, key, unit_id in rows if (key, unit_id) in wanted]
    answered = Urge.objects.filter(pk__in=ids, answered_at__isnull=True)
    return answered.update(answered_at=clock.now(), answered_by=by, answer=words[:300])


def settle() -> int:
    """Answer the urges by rules about matters on which no alert stands any more; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLED, [clock.now(), CONDITION_GONE])
        return int(cursor.rowcount)
