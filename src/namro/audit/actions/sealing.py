"""Sealing: every line of the log gets its link in the chain soon after it was written (docs/adr/0016)."""

from datetime import UTC, datetime

from django.db import connection, transaction

from namro.audit.formulas import BEGINNING, link_hash
from namro.audit.models import Link
from namro.audit.queries.chain import AT_ONCE, head, unsealed

# Any number, the same in every version: who seals holds it, for the chain has one end.
SEALING_LOCK = 57_2025


def seal() -> int:
    """Put every line that is written and not yet sealed at the chain's end; returns how many.

    Not in the writers' own transactions: they would wait for each other, and lock each other out.
    """
    done = 0
    while count := _seal_some():
        done += count
    return done


@transaction.atomic
def _seal_some(limit: int = AT_ONCE) -> int:
    now = _lock()
    last = head()
    seq, previous, links = (last.seq, last.hash, []) if last else (0, BEGINNING, [])
    for entry_id, content in unsealed(limit):
        seq += 1
        previous = link_hash(previous, seq=seq, sealed_at=_written(now), content=content)
        links.append(Link(seq=seq, entry_id=entry_id, sealed_at=now, hash=previous))
    Link.objects.bulk_create(links, batch_size=5_000)
    return len(links)


def _lock() -> datetime:
    """Wait for our turn; return the database's own moment, for the house's clock may stand on a day of the demo."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING_LOCK])
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _written(moment: datetime) -> str:
    """The moment as the chain's query writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
