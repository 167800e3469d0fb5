"""The statements by which alerts and urges move: each moves all that are to move, whatever their number.

A judgement leaves what the rules see in the temporary table `seen` (columns: `SEEN` of the terms). What is open and
calls is not inhibited, not silenced, and in nobody's hands with a deadline that still runs.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection

CALLS = """
    alert.state = 'open' AND alert.inhibited_by_id IS NULL
    AND (alert.silenced_until IS NULL OR alert.silenced_until < %(day)s)
    AND (alert.acknowledged_at IS NULL OR alert.deadline < %(day)s)
"""
# Of an alert what the telling of it needs; `raised` has its id and the flip that is told.
_TOLD_OF = """
SELECT alert.id, alert.rule_id, alert.unit_id, COALESCE(NULLIF(unit.short_name, ''), unit.name) AS unit,
       alert.object_label, alert.level, alert.value, alert.due, alert.person_id, alert.above_id, alert.is_marked,
       alert.inhibited_by_id, alert.silenced_until, alert.deadline, raised.flip_id
FROM raised JOIN alerts_alert alert ON alert.id = raised.alert_id JOIN organisation_unit unit ON unit.id = alert.unit_id
ORDER BY alert.id
"""
_LAST_FLIP = "(SELECT max(flip.id) FROM alerts_flip flip WHERE flip.alert_id = alert.id)"

# What opened in this judgement, and what stands higher than was told: it rose, or was kept quiet and calls again.
RAISED = f"""
WITH again AS (
    UPDATE alerts_alert alert SET told_level = alert.level, told_at = %(now)s
    WHERE alert.state = 'open' AND alert.level > alert.told_level AND {CALLS}
    RETURNING alert.id AS alert_id, {_LAST_FLIP} AS flip_id
), raised AS (
    SELECT born.alert_id, born.flip_id FROM born JOIN alerts_alert alert ON alert.id = born.alert_id WHERE {CALLS}
    UNION ALL SELECT alert_id, flip_id FROM again
)
{_TOLD_OF}
"""  # noqa: S608

# What was told so many hours ago (by rule and level), calls still, and nobody has taken.
REPEATED = f"""
WITH raised AS (
    UPDATE alerts_alert alert SET told_at = %(now)s
    FROM unnest(%(rule_ids)s::bigint[], %(levels)s::int[], %(cutoffs)s::timestamptz[]) AS due (rule_id, level, cutoff)
    WHERE alert.rule_id = due.rule_id AND alert.level = due.level AND alert.told_at <= due.cutoff AND {CALLS}
      AND alert.acknowledged_at IS NULL
    RETURNING alert.id AS alert_id, {_LAST_FLIP} AS flip_id
)
{_TOLD_OF}
"""  # noqa: S608

# What rose in this judgement, and calls nobody.
QUIET = f"""
WITH raised AS (
    SELECT alert.id AS alert_id, {_LAST_FLIP} AS flip_id FROM alerts_alert alert
    WHERE alert.state = 'open' AND alert.level > alert.told_level AND ({CALLS}) IS NOT TRUE
      AND EXISTS (SELECT FROM alerts_flip flip WHERE flip.alert_id = alert.id AND flip.at = %(now)s)
)
{_TOLD_OF}
"""  # noqa: S608

URGE_COLUMNS = """slot, object_key, object_label, path, alert_id, unit_id, person_id, above_id, is_marked, step, day,
    at, ground, words, grace, grace_hours, answer"""

# Which days count for the schedules: few, whatever the number of alerts.
WAITING = f"""
SELECT DISTINCT alert.rule_id, alert.due, alert.since FROM alerts_alert alert
WHERE alert.rule_id = ANY(%(rules)s) AND {CALLS}
"""  # noqa: S608 - our own words

SCHEDULED = f"""
INSERT INTO alerts_urge ({URGE_COLUMNS})
SELECT reached.slot, alert.object_key, alert.object_label, alert.path, alert.id, alert.unit_id, alert.person_id,
       alert.above_id, alert.is_marked, 0, %(day)s, %(now)s, reached.ground, '', reached.grace, 0, ''
FROM alerts_alert alert
JOIN unnest(%(rule_ids)s::bigint[], %(dues)s::date[], %(sinces)s::date[], %(slots)s::text[], %(grounds)s::text[],
            %(graces)s::int[]) AS reached (rule_id, due, since, slot, ground, grace)
  ON reached.rule_id = alert.rule_id AND reached.due IS NOT DISTINCT FROM alert.due AND reached.since = alert.since
WHERE {CALLS}
ON CONFLICT (object_key, unit_id, slot) WHERE slot <> '' DO NOTHING
RETURNING id
"""  # noqa: S608

# Taken on, and not done by the day that the owner named: the leads hear, as if nobody had answered.
MISSED = f"""
INSERT INTO alerts_urge ({URGE_COLUMNS})
SELECT 'deadline:' || alert.id || ':' || alert.deadline, alert.object_key, alert.object_label, alert.path, alert.id,
       alert.unit_id, COALESCE(alert.owner_id, alert.person_id), alert.above_id, alert.is_marked, 1, %(day)s, %(now)s,
       'Quá thời hạn tự nhận ' || to_char(alert.deadline, 'DD/MM/YYYY') || ' mà chưa xong', '', %(default_grace)s, 0, ''
FROM alerts_alert alert WHERE alert.acknowledged_at IS NOT NULL AND {CALLS}
ON CONFLICT (object_key, unit_id, slot) WHERE slot <> '' DO NOTHING
RETURNING id
"""  # noqa: S608

# Nobody has taken it on for so many working hours at its level (by rule): the leads hear, as of an urge without answer.
UNHEARD = f"""
INSERT INTO alerts_urge ({URGE_COLUMNS})
SELECT 'unheard:' || alert.id || ':' || alert.level, alert.object_key, alert.object_label, alert.path, alert.id,
       alert.unit_id, alert.person_id, alert.above_id, alert.is_marked, 1, %(day)s, %(now)s,
       'Hết ' || due.hours || ' giờ làm việc không ai nhận cảnh báo', '', 0, due.hours, ''
FROM alerts_alert alert
JOIN unnest(%(rule_ids)s::bigint[], %(levels)s::int[], %(hours)s::int[], %(cutoffs)s::timestamptz[])
    AS due (rule_id, level, hours, cutoff) ON due.rule_id = alert.rule_id AND due.level = alert.level
WHERE {CALLS} AND alert.acknowledged_at IS NULL
  AND (SELECT max(flip.at) FROM alerts_flip flip WHERE flip.alert_id = alert.id) <= due.cutoff
ON CONFLICT (object_key, unit_id, slot) WHERE slot <> '' DO NOTHING
RETURNING id
"""  # noqa: S608

# Of each matter the highest step that waits for an answer: a step further once its grace is over, which is counted in
# working days or in working hours. A matter on which an alert stands climbs only while the alert calls.
CLIMBING = f"""
INSERT INTO alerts_urge ({URGE_COLUMNS})
SELECT 'climb:' || top.id || ':' || top.step + 1, top.object_key, top.object_label, top.path, top.alert_id, top.unit_id,
       top.person_id, top.above_id, top.is_marked, top.step + 1, %(day)s, %(now)s,
       'Hết ' || CASE WHEN top.grace_hours > 0 THEN top.grace_hours || ' giờ làm việc kể từ '
                      ELSE top.grace || ' ngày làm việc kể từ ' END
              || to_char(top.day, 'DD/MM/YYYY') || ' không ai trả lời',
       top.words, top.grace, top.grace_hours, ''
FROM (SELECT DISTINCT ON (object_key, unit_id) * FROM alerts_urge WHERE answered_at IS NULL
      ORDER BY object_key, unit_id, step DESC, id) AS top
JOIN unnest(%(graces)s::int[], %(grace_hours)s::int[], %(cutoffs)s::date[], %(moments)s::timestamptz[])
    AS allowed (grace, grace_hours, cutoff, moment)
  ON allowed.grace = top.grace AND allowed.grace_hours = top.grace_hours
WHERE top.step < 2 AND CASE WHEN top.grace_hours > 0 THEN top.at <= allowed.moment ELSE top.day < allowed.cutoff END
  AND (top.alert_id IS NULL OR EXISTS (
       SELECT FROM alerts_alert alert
       WHERE alert.object_key = top.object_key AND alert.unit_id = top.unit_id AND {CALLS}))
ON CONFLICT (object_key, unit_id, slot) WHERE slot <> '' DO NOTHING
RETURNING id
"""  # noqa: S608


@contextmanager
def many_joined() -> Iterator[None]:
    """Let statements join by sorting and hashing. Every join of them is between many rows, but PostgreSQL thinks them
    few behind a DISTINCT ON, or in a table that was empty when it last looked, and would go through all the pairs."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop = on")


def rows_of(statement: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement and return the rows it gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(params))
        return list(cursor.fetchall())


def run(statement: str, params: Mapping[str, Any]) -> int:
    """Run a statement and return how many rows it moved."""
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(params))
        return int(cursor.rowcount)
