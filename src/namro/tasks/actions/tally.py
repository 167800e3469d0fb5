"""The running tallies, counted from the spans: of what each unit leads, and of what stands below it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from namro.tasks.terms import FOREVER, State

Pair = tuple[int, int]

# One writer at a time: the tally of the city changes with every act of every unit below it. An act holds the lock for
# the last milliseconds of its transaction; two locks a unit each would invite deadlocks.
LOCK = "SELECT pg_advisory_xact_lock('tasks_tally'::regclass::int, 0)"


def rebuild_tally(pairs: Iterable[Pair]) -> None:
    """Count the spans of each (register, lead unit) into running totals by day, and carry what changed up the tree."""
    wanted = sorted(set(pairs))
    if not wanted:
        return
    registers, units = [list(column) for column in zip(*wanted, strict=True)]
    asked: dict[str, Any] = {"registers": registers, "units": units, "forever": FOREVER}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {STEPS} ({_COLUMNS}) ON COMMIT DELETE ROWS")
        cursor.execute(f"TRUNCATE {STEPS}")
        cursor.execute(KEEP_STEPS.format(sign="-"), asked)
        cursor.execute(DELETE_TALLY, asked)
        cursor.execute(INSERT_TALLY, asked)
        cursor.execute(KEEP_STEPS.format(sign="+"), asked)
        cursor.execute(CARRY_UP)
        cursor.execute(PRUNE)


def rebuild_below() -> None:
    """Count the tallies below each unit anew, as after units have moved; any number of times, same result."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute("DROP TABLE IF EXISTS pg_temp.below_anew")
        cursor.execute(f"CREATE TEMP TABLE below_anew ON COMMIT DROP AS {BELOW_ANEW}")
        cursor.execute(BELOW_DIFFERS)
        if cursor.fetchone() == (True,):
            cursor.execute("DELETE FROM tasks_tallybelow")
            cursor.execute(f"INSERT INTO tasks_tallybelow ({_KEYS}, {_STATES}) TABLE below_anew")


STEPS = "pg_temp.tally_steps"
_KEYS = "register_id, unit_id, is_marked, day"
_STATES = ", ".join(state.value for state in State)
_COLUMNS = "register_id int, unit_id int, is_marked bool, day date, " + ", ".join(
    f"{s.value} int" for s in State
)
_PAIRS = "SELECT * FROM unnest(%(registers)s::int[], %(units)s::int[]) AS p(register_id, unit_id)"

DELETE_TALLY = f"""
DELETE FROM tasks_tally USING ({_PAIRS}) AS p
WHERE tasks_tally.register_id = p.register_id AND tasks_tally.unit_id = p.unit_id
"""  # noqa: S608 - names of our own

_COUNTERS = ", ".join(
    f"coalesce((sum(sum(step) FILTER (WHERE state = '{state.value}')) OVER running)::int, 0)"
    for state in State
)
INSERT_TALLY = f"""
WITH pairs AS ({_PAIRS}),
spans AS (
    SELECT s.register_id, s.lead_unit_id AS unit_id, s.is_marked, s.state, s."start", s."end"
    FROM tasks_span AS s JOIN pairs ON pairs.register_id = s.register_id AND pairs.unit_id = s.lead_unit_id
),
steps AS (
    SELECT register_id, unit_id, is_marked, state, "start" AS day, 1 AS step FROM spans
    UNION ALL
    SELECT register_id, unit_id, is_marked, state, "end" AS day, -1 AS step FROM spans WHERE "end" < %(forever)s
)
INSERT INTO tasks_tally ({_KEYS}, {_STATES})
SELECT {_KEYS}, {_COUNTERS}
FROM steps
GROUP BY {_KEYS}
WINDOW running AS (PARTITION BY register_id, unit_id, is_marked ORDER BY day)
"""  # noqa: S608 - names of our own

# By how much each count changes on a day: the running total less the one before it.
_STEPPED = ", ".join(f"{s.value} - lag({s.value}, 1, 0) OVER running AS {s.value}" for s in State)
_STEPS_OF = f"""
SELECT {_KEYS}, {_STEPPED} FROM tasks_tally AS t {{narrowed}}
WINDOW running AS (PARTITION BY register_id, unit_id, is_marked ORDER BY day)
"""  # noqa: S608 - names of our own
KEEP_STEPS = (
    f"INSERT INTO {STEPS} SELECT {_KEYS}, "  # noqa: S608 - names of our own
    + ", ".join(f"{{sign}}{s.value}" for s in State)
    + f" FROM ({_STEPS_OF.format(narrowed=f'JOIN ({_PAIRS}) AS p USING (register_id, unit_id)')}) AS stepped"
)

# Each unit with every unit above it, itself left out.
_ABOVE = """
RECURSIVE climb (id, above) AS (
    SELECT id, parent_id FROM organisation_unit WHERE parent_id IS NOT NULL
    UNION ALL
    SELECT climb.id, u.parent_id FROM climb JOIN organisation_unit AS u ON u.id = climb.above
    WHERE u.parent_id IS NOT NULL
)
"""
_SUMMED = ", ".join(f"sum({s.value})::int AS {s.value}" for s in State)
_RUNNING = ", ".join(f"(sum(sum({s.value})) OVER running)::int AS {s.value}" for s in State)

_ANY = " OR ".join(f"sum({s.value}) <> 0" for s in State)
BELOW_ANEW = f"""
WITH {_ABOVE}, steps AS ({_STEPS_OF.format(narrowed="")})
SELECT register_id, climb.above AS unit_id, is_marked, day, {_RUNNING}
FROM steps JOIN climb ON climb.id = steps.unit_id
GROUP BY register_id, climb.above, is_marked, day
HAVING {_ANY}
WINDOW running AS (PARTITION BY register_id, climb.above, is_marked ORDER BY day)
"""  # noqa: S608 - names of our own
_STORED = f"SELECT {_KEYS}, {_STATES} FROM tasks_tallybelow"  # noqa: S608 - names of our own
BELOW_DIFFERS = f"""
SELECT EXISTS ((TABLE below_anew EXCEPT {_STORED}) UNION ALL ({_STORED} EXCEPT TABLE below_anew))
"""

_CARRIED = ", ".join(
    f"coalesce(before.{s.value}, 0) + (coalesce(sum(d.{s.value}) OVER running, 0))::int" for s in State
)
_TAKEN = ", ".join(f"{s.value} = excluded.{s.value}" for s in State)
# What changed on a day is added to the counts above from that day on; days that were not there yet come in.
CARRY_UP = f"""
WITH {_ABOVE},
delta AS (
    SELECT register_id, climb.above AS unit_id, is_marked, day, {_SUMMED}
    FROM {STEPS} AS steps JOIN climb ON climb.id = steps.unit_id
    GROUP BY register_id, climb.above, is_marked, day
    HAVING {_ANY}
),
begun AS (SELECT register_id, unit_id, is_marked, min(day) AS day FROM delta GROUP BY 1, 2, 3),
days AS (
    SELECT {_KEYS} FROM delta
    UNION
    SELECT register_id, unit_id, is_marked, below.day
    FROM tasks_tallybelow AS below JOIN begun USING (register_id, unit_id, is_marked) WHERE below.day >= begun.day
)
INSERT INTO tasks_tallybelow ({_KEYS}, {_STATES})
SELECT days.register_id, days.unit_id, days.is_marked, days.day, {_CARRIED}
FROM days
LEFT JOIN delta AS d USING ({_KEYS})
LEFT JOIN LATERAL (
    SELECT * FROM tasks_tallybelow AS earlier
    WHERE earlier.register_id = days.register_id AND earlier.unit_id = days.unit_id
      AND earlier.is_marked = days.is_marked AND earlier.day <= days.day
    ORDER BY earlier.day DESC LIMIT 1
) AS before ON true
WINDOW running AS (PARTITION BY days.register_id, days.unit_id, days.is_marked ORDER BY days.day)
ON CONFLICT ({_KEYS}) DO UPDATE SET {_TAKEN}
"""  # noqa: S608 - names of our own

_UNCHANGED = " AND ".join(f"{s.value} = lag({s.value}, 1, 0) OVER running" for s in State)
_TOUCHED = f"""(register_id, unit_id) IN (
    SELECT steps.register_id, climb.above FROM {STEPS} AS steps JOIN climb ON climb.id = steps.unit_id
)"""  # noqa: S608 - names of our own
# Only days on which a count changes stay, so that the same spans always give the same rows.
PRUNE = f"""
WITH {_ABOVE},
rows AS (
    SELECT id, {_UNCHANGED} AS unchanged FROM tasks_tallybelow AS below WHERE {_TOUCHED}
    WINDOW running AS (PARTITION BY register_id, unit_id, is_marked ORDER BY day)
)
DELETE FROM tasks_tallybelow USING rows WHERE rows.id = tasks_tallybelow.id AND rows.unchanged
"""  # noqa: S608 - names of our own
