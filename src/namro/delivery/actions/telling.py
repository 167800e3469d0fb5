"""The verb that others use: tell people, in the transaction of what caused it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import connection, transaction

from namro import jobs
from namro.delivery.formulas import fold
from namro.delivery.jobs import carry_now
from namro.delivery.terms import Level, Notice, NotTold, Part
from namro.ground import clock
from namro.organisation.queries import deputies_on

Row = dict[str, Any]

# One text for all rows: 100,000 are one statement, read by the database three times as fast as arrays of columns; what
# was told before is passed over.
TOLD = """
INSERT INTO delivery_told (event, topic, person_id, level, title, reason, body, path, unit_id, confidential,
                           not_before, out_after, instead_of_id, at, is_routed)
SELECT row.*, %s, false FROM json_to_recordset(%s::json) AS row(
    event text, topic text, person_id bigint, level smallint, title text, reason text, body text, path text,
    unit_id bigint, confidential boolean, not_before timestamptz, out_after timestamptz, instead_of_id bigint)
ON CONFLICT (event, person_id) DO NOTHING
"""
# The parts of what was told as one, of those notices that are new.
PARTS = """
INSERT INTO delivery_toldpart (told_id, event, person_id, topic, title, reason, path, unit_id)
SELECT told.id, part.event, told.person_id, part.topic, part.title, part.reason, part.path, part.unit_id
FROM json_to_recordset(%s::json) AS row(event text, person_id bigint, parts json)
JOIN delivery_told told ON told.event = row.event AND told.person_id = row.person_id
CROSS JOIN LATERAL json_to_recordset(row.parts) AS part(
    event text, topic text, title text, reason text, path text, unit_id bigint)
ON CONFLICT (event, person_id) DO NOTHING
"""
UNTOLD = """
INSERT INTO delivery_untold (event, topic, person_id, reason, at)
SELECT row.*, %s FROM json_to_recordset(%s::json) AS row(event text, topic text, person_id bigint, reason text)
ON CONFLICT (event, person_id) DO NOTHING
"""


@transaction.atomic
def tell(notices: Iterable[Notice], *, not_told: Iterable[NotTold] = ()) -> int:
    """Store what people must hear of, once by (event, person), for their deputies too; returns how many are new.

    Many notices of one cause are told as one. Call it inside the transaction of the cause: what is rolled back was
    never told. Channels follow by jobs.
    """
    told, untold = fold(notices), list(not_told)
    rows = [_told(notice, None) for notice in told] + _for_deputies(told)
    stored = _insert(TOLD, rows)
    _keep_parts([row for row in rows if row["parts"]])
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
    return {
        "event": notice.event, "topic": notice.topic, "person_id": notice.person_id, "level": int(notice.level),
        "title": notice.title[:300], "reason": notice.reason[:300], "body": notice.body, "path": notice.path[:300],
        "unit_id": notice.unit_id, "confidential": notice.confidential, "instead_of_id": instead_of,
        "not_before": notice.due.isoformat() if notice.due else None,
        "out_after": notice.out_after.isoformat() if notice.out_after else None,
        "parts": [_part(part) for part in notice.parts],
    }  # fmt: skip


def _part(part: Part) -> Row:
    return {**asdict(part), "title": part.title[:300], "reason": part.reason[:300], "path": part.path[:300]}


def _keep_parts(rows: Sequence[Row]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(PARTS, [json.dumps(rows)])


def _untold(each: NotTold) -> Row:
    return {
        "event": each.event,
        "topic": each.topic,
        "person_id": each.person_id,
        "reason": each.reason[:300],
    }


def _insert(statement: str, rows: Sequence[Row]) -> int:
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(statement, [clock.now(), json.dumps(rows)])
        return cursor.rowcount
