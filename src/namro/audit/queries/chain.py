"""The chain over the log: what is not sealed yet, how far it goes, where it is first broken (docs/adr/0016)."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import connection

from namro.audit.formulas import BEGINNING, link_hash
from namro.audit.models import Link
from namro.audit.terms import Checkpoint, Fault, Wrong

AT_ONCE = 20_000
# A line gets its number when it is written and is seen when its transaction ends; none lasts so long.
LONGEST_TRANSACTION = timedelta(hours=1)

# All values of a line in order, written the same by every PostgreSQL wherever it stands.
CONTENT = """jsonb_build_array(
    e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_char(e.day, 'YYYY-MM-DD'), e.by_id,
    e.by_name, e.verb, e.kind, e.key, e.label, e.unit_code, e.before, e.after, e.ground)::text"""

# ruff: noqa: S608 - the statements are put together from the constants of this file only
SETTLED = """coalesce((SELECT entry_id FROM audit_link WHERE sealed_at <= now() - %s
    ORDER BY sealed_at DESC, seq DESC LIMIT 1), 0)"""
UNSEALED = f"""
    SELECT e.id, {CONTENT} FROM audit_entry e LEFT JOIN audit_link l ON l.entry_id = e.id
    WHERE e.id > {SETTLED} AND l.entry_id IS NULL ORDER BY e.id LIMIT %s"""
OUTSIDE = f"""
    SELECT min(e.id) FROM audit_entry e LEFT JOIN audit_link l ON l.entry_id = e.id
    WHERE e.id <= {SETTLED} AND l.entry_id IS NULL"""
LINKS = f"""
    SELECT l.seq, to_char(l.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), l.hash, l.entry_id,
        CASE WHEN e.id IS NOT NULL THEN {CONTENT} END
    FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id
    WHERE l.seq > %s ORDER BY l.seq LIMIT {AT_ONCE}"""


class Read(NamedTuple):
    """A link with the line it seals as both stand now; `content` None where the line is gone."""

    seq: int
    sealed_at: str
    hash: str
    entry_id: int
    content: str | None


def head() -> Checkpoint | None:
    """The last link, None where nothing was sealed yet."""
    last = Link.objects.order_by("-seq").values_list("seq", "hash").first()
    return Checkpoint(*last) if last else None


def unsealed(limit: int = AT_ONCE) -> list[tuple[int, str]]:
    """Lines that are not in the chain yet (number, content), in order of number."""
    return _rows(UNSEALED, [LONGEST_TRANSACTION, limit])


def first_fault(
    checkpoints: Iterable[Checkpoint] = (), *, after: int = 0, settled: timedelta = LONGEST_TRANSACTION
) -> Fault | None:
    """The first place where log and chain do not fit, None when all do; `after` skips the links up to a number.

    `settled` is how long a line may wait for its link before it counts as put in afterwards.
    """
    return _broken(after) or _outside(settled) or _cut_off(checkpoints)


def _broken(after: int) -> Fault | None:
    before = Link.objects.filter(seq=after).values_list("hash", flat=True).first()
    expected, previous = after + 1, before or BEGINNING
    for link in _links(after):
        if link.seq != expected:
            return Fault(Wrong.LINK_GONE, expected, 0)
        if link.content is None:
            return Fault(Wrong.LINE_GONE, link.seq, link.entry_id)
        if link.hash != _hash(previous, link):
            return Fault(Wrong.CHANGED, link.seq, link.entry_id)
        expected, previous = link.seq + 1, link.hash
    return None


def _hash(previous: str, link: Read) -> str:
    return link_hash(previous, seq=link.seq, sealed_at=link.sealed_at, content=link.content or "")


def _links(after: int) -> Iterator[Read]:
    while rows := [Read(*row) for row in _rows(LINKS, [after])]:
        yield from rows
        after = rows[-1].seq


def _outside(settled: timedelta) -> Fault | None:
    [(found,)] = _rows(OUTSIDE, [settled])
    return Fault(Wrong.OUTSIDE, 0, found) if found else None


def _cut_off(checkpoints: Iterable[Checkpoint]) -> Fault | None:
    """The chain must still hold every link that was once written down elsewhere."""
    wanted = sorted(checkpoints, key=lambda each: each.seq)
    found = dict(Link.objects.filter(seq__in=[each.seq for each in wanted]).values_list("seq", "hash"))
    broken = next((each for each in wanted if each.seq and found.get(each.seq) != each.hash), None)
    return Fault(Wrong.CUT_OFF, broken.seq, 0) if broken else None


def _rows(statement: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
