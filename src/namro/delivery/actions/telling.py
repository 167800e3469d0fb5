"""The verb that others use: tell people, in the transaction of what caused it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from namro import jobs
from namro.delivery.jobs import carry_now
from namro.delivery.terms import Level, Notice, NotTold
from namro.ground import clock
from namro.organisation.queries import deputies_on

Row = tuple[Any, ...]

# One array a column: 100,000 rows are one statement, and what was told before is passed over.
TOLD = """
INSERT INTO delivery_told (event, topic, person_id, level, title, reason, body, path, unit_id, confidential,
                           not_before, instead_of_id, at, is_routed)
SELECT *, %s, false FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::smallint[], %s::text[], %s::text[],
                                %s::text[], %s::text[], %s::bigint[], %s::boolean[], %s::timestamptz[], %s::bigint[])
ON CONFLICT (event, person_id) DO NOTHING
"""
UNTOLD = """
INSERT INTO delivery_untold (event, topic, person_id, reason, at)
SELECT *, %s FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::text[])
ON CONFLICT (event, person_id) DO NOTHING
"""


@transaction.atomic
def tell(notices: Iterable[Notice], *, not_told: Iterable[NotTold] = ()) -> int:
    """Store what people must hear of, once by (event, person), for their deputies too; returns how many are new.

    Call it inside the transaction of the cause: what is rolled back was never told. Channels follow by jobs.
    """
    told, untold = list(notices), list(not_told)
    rows = [_told(notice, None) for notice in told] + _for_deputies(told)
    stored = _insert(TOLD, rows)
    _insert(UNTOLD, [_untold(each) for each in untold])
    if stored and any(notice.level >= Level.CRITICAL for notice in told):
        jobs.enqueue(carry_now)
    return stored


def _for_deputies(told: Sequence[Notice]) -> list[Row]:
    """The same notices for those who stand in for people away today, with that as the reason."""
    deputies = deputies_on({notice.person_id for notice in told}, clock.today())
    return [
        _told(
            replace(notice, person_id=away.deputy_id, reason=f"thay {away.name} vắng mặt: {notice.reason}"),
            notice.person_id,
        )
        for notice in (told if deputies else ())
        for away in deputies.get(notice.person_id, ())
    ]


def _told(notice: Notice, instead_of: int | None) -> Row:
    return (
        notice.event, notice.topic, notice.person_id, int(notice.level), notice.title[:300], notice.reason[:300],
        notice.body, notice.path[:300], notice.unit_id, notice.confidential, notice.due, instead_of,
    )  # fmt: skip


def _untold(each: NotTold) -> Row:
    return each.event, each.topic, each.person_id, each.reason[:300]


def _insert(statement: str, rows: Sequence[Row]) -> int:
    if not rows:
        return 0
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(statement, [clock.now(), *columns])
        return cursor.rowcount
