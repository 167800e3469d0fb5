"""The merge of what the rules see into the alerts: a handful of statements, whatever the number of rows.

`seen` holds each (rule, unit, object) once, with its level. The natural key finds an alert again; nothing is rebuilt.
`born` keeps the alerts that open now with the flip that opened them: they are taken to be told, all but those that have
their cause elsewhere.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from django.db import connection

from namro.alerts.actions.statements import many_joined, run
from namro.alerts.terms import CONDITION_GONE, RULE_GONE, SEEN, Composed

VALUES = tuple(name for name in SEEN if name not in ("rule_id", "unit_id", "object_key"))
KEY = "alert.rule_id = seen.rule_id AND alert.unit_id = seen.unit_id AND alert.object_key = seen.object_key"

# Nothing seen: the columns with their types, and no row.
NOTHING = f"SELECT {', '.join(SEEN)} FROM alerts_alert WHERE false"  # noqa: S608 - our own column names
WITHIN = """(%(units)s::bigint[] IS NULL OR alert.unit_id = ANY(%(units)s))
      AND (%(rules)s::bigint[] IS NULL OR alert.rule_id = ANY(%(rules)s))"""
BORN_TABLE = "CREATE TEMPORARY TABLE born (alert_id bigint, flip_id bigint) ON COMMIT DROP"
# So many units are still found one by one.
FEW_UNITS = 200


def _of(table: str, names: tuple[str, ...]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


GATHER = """
CREATE TEMPORARY TABLE seen ON COMMIT DROP AS
SELECT DISTINCT ON (rule_id, unit_id, object_key) {columns}, drawn_from::varchar[] AS drawn_from FROM ({select}) AS raw
ORDER BY rule_id, unit_id, object_key, level DESC, value DESC
"""

MOVED = f"""
WITH moved AS (
    SELECT alert.id, alert.level AS before, seen.* FROM seen JOIN alerts_alert alert ON {KEY}
    WHERE alert.state = 'open'
      AND ({_of("alert", VALUES)}) IS DISTINCT FROM ({_of("seen", VALUES)})
), written AS (
    UPDATE alerts_alert alert
    SET {", ".join(f"{name} = moved.{name}" for name in VALUES)}, told_level = LEAST(alert.told_level, moved.level)
    FROM moved WHERE alert.id = moved.id AND alert.state = 'open'
    RETURNING alert.id, moved.before, moved.level, moved.value
), flipped AS (
    INSERT INTO alerts_flip (alert_id, before, after, day, at, value)
    SELECT id, before, level, %(day)s, %(now)s, value FROM written WHERE before <> level
)
SELECT FROM written
"""  # noqa: S608 - our own column names

# What a person closed while it held stays closed until it gets graver, or goes and comes back.
BORN = f"""
WITH born AS (
    INSERT INTO alerts_alert ({", ".join(SEEN)}, kind, since, opened_at, state, told_level, told_at,
                              silence_reason, close_reason, still_true, task_code)
    SELECT {_of("seen", SEEN)}, rule.kind, %(day)s, %(now)s, 'open', seen.level, %(now)s, '', '', false, ''
    FROM seen JOIN alerts_rule rule ON rule.id = seen.rule_id
    WHERE NOT EXISTS (SELECT FROM alerts_alert alert WHERE {KEY} AND alert.state = 'open')
      AND NOT EXISTS (SELECT FROM alerts_alert alert WHERE {KEY} AND alert.still_true AND alert.level >= seen.level)
    ON CONFLICT (rule_id, unit_id, object_key) WHERE state = 'open' DO NOTHING
    RETURNING id, level, value
), flipped AS (
    INSERT INTO alerts_flip (alert_id, before, after, day, at, value)
    SELECT id, 0, level, %(day)s, %(now)s, value FROM born
    RETURNING id, alert_id
)
INSERT INTO born (alert_id, flip_id) SELECT alert_id, id FROM flipped
"""  # noqa: S608

GONE = f"""
WITH gone AS (
    UPDATE alerts_alert alert
    SET state = 'closed', closed_at = %(now)s, inhibited_by_id = NULL,
        close_reason = CASE WHEN rule.is_live THEN %(condition_gone)s ELSE %(rule_gone)s END
    FROM alerts_rule rule
    WHERE rule.id = alert.rule_id AND alert.state = 'open' AND {WITHIN} AND NOT EXISTS (SELECT FROM seen WHERE {KEY})
    RETURNING alert.id, alert.level, alert.value
), flipped AS (
    INSERT INTO alerts_flip (alert_id, before, after, day, at, value)
    SELECT id, level, 0, %(day)s, %(now)s, value FROM gone
)
SELECT FROM gone
"""  # noqa: S608

FORGOTTEN = f"""
UPDATE alerts_alert alert SET still_true = false
WHERE alert.still_true AND {WITHIN} AND NOT EXISTS (SELECT FROM seen WHERE {KEY})
"""  # noqa: S608

# An alert is kept quiet by one that is its cause, or by the alert of a unit above on the same thing, where its rule
# says that the unit above answers for those below. Of several causes the oldest is named, of equal ones the first by
# name.
INHIBITED = """
WITH wanted AS (
    SELECT effect.id, (array_agg(cause.id ORDER BY cause.since, cause.object_key, cause.id))[1] AS by_id
    FROM alerts_alert effect CROSS JOIN unnest(effect.drawn_from) AS drawn (cause)
    JOIN alerts_alert cause ON cause.silences = drawn.cause AND cause.silences <> '' AND cause.state = 'open'
    WHERE effect.state = 'open' AND effect.id <> cause.id
    GROUP BY effect.id
    UNION ALL
    SELECT below.id, min(above.id)
    FROM alerts_rule rule
    JOIN alerts_alert below ON below.rule_id = rule.id AND below.state = 'open'
    JOIN organisation_unit low ON low.id = below.unit_id
    JOIN organisation_unit high ON high.path = ANY(%(above)s) AND starts_with(low.path, high.path) AND high.id <> low.id
    JOIN alerts_alert above ON above.rule_id = rule.id AND above.unit_id = high.id
                           AND above.object_key = below.object_key AND above.state = 'open'
    WHERE rule.covers_below
    GROUP BY below.id
), settled AS (SELECT id, min(by_id) AS by_id FROM wanted GROUP BY id)
UPDATE alerts_alert alert SET inhibited_by_id = settled.by_id
FROM alerts_alert known LEFT JOIN settled ON settled.id = known.id
WHERE alert.id = known.id AND known.state = 'open' AND known.inhibited_by_id IS DISTINCT FROM settled.by_id
"""

# What opens with its cause elsewhere is not told.
UNTOLD = """
UPDATE alerts_alert alert SET told_level = 0, told_at = NULL FROM born
WHERE alert.id = born.alert_id AND alert.inhibited_by_id IS NOT NULL
"""

# The places that have an open alert of a covering rule and something below them: few, whatever the number of alerts.
COVERING = """
SELECT DISTINCT unit.path FROM alerts_rule rule
JOIN alerts_alert alert ON alert.rule_id = rule.id AND alert.state = 'open'
JOIN organisation_unit unit ON unit.id = alert.unit_id
WHERE rule.covers_below AND EXISTS (SELECT FROM organisation_unit child WHERE child.parent_id = unit.id)
"""


def lay_by(cursor: Any, composed: Composed, *, are_many: bool = True) -> None:
    """Lay by, until the transaction ends, the relations over which a composed SELECT stands."""
    for name, select in composed.first.items():
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        with many_joined() if are_many or name in composed.wide else nullcontext():
            cursor.execute(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {select}", dict(composed.params))
        cursor.execute(f"ANALYZE {name}")


def gather(composed: Composed, units: Sequence[int] | None = None) -> None:
    """Leave what the rules see (in some units, or in all) in the table `seen` until the transaction ends."""
    columns = ", ".join(name for name in SEEN if name != "drawn_from")
    is_any, are_many = units is None or bool(units), units is None or len(units) > FEW_UNITS
    statement = GATHER.format(columns=columns, select=composed.sql if is_any else NOTHING)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS seen")
        if is_any:
            lay_by(cursor, composed, are_many=are_many)
        cursor.execute(statement, dict(composed.params))
        cursor.execute("ANALYZE seen (rule_id, unit_id, object_key)")


def merge(
    moment: Mapping[str, Any], units: Sequence[int] | None = None, rules: Sequence[int] | None = None
) -> tuple[int, int, int]:
    """Bring the alerts (of some units and rules, or all) to what is seen; returns how many moved, opened, closed.

    `moment` has the day and the time.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS born")
        cursor.execute(BORN_TABLE)
    if units is not None and not units:
        return 0, 0, 0
    within = {"units": units, "rules": rules}
    params = {**moment, **within, "condition_gone": CONDITION_GONE, "rule_gone": RULE_GONE}
    moved, closed = run(MOVED, params), run(GONE, params)
    run(FORGOTTEN, params)
    return moved, run(BORN, params), closed


def inhibit() -> int:
    """Keep quiet what has its cause in another alert, and let it call again when that is gone; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(COVERING)
        above = [path for (path,) in cursor.fetchall()]
    inhibited = run(INHIBITED, {"above": above})
    run(UNTOLD, {})
    return inhibited
