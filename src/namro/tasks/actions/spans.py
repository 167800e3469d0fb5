"""Derived rows of the tasks: the spans of the six states and the running tally, rebuilt from the moments at will."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection, transaction

from namro.organisation.queries import first_late_day
from namro.tasks.models import Moment, Span, Tally, Task
from namro.tasks.rules import Standing, spans_of, standing_after
from namro.tasks.terms import FOREVER, Event, Mark, Stage, State

BATCH = 2000
LOCK_WHOLE_TABLE_ABOVE = 500
Trail = list[tuple[date, Standing]]
Pair = tuple[int, int]


def rebuild(task_ids: Iterable[int]) -> None:
    """Make the tasks' current columns, spans and tallies anew from their moments; any number of times, same result."""
    wanted = sorted(set(task_ids))
    with transaction.atomic():
        pairs: set[Pair] = set()
        for start in range(0, len(wanted), BATCH):
            pairs |= _rebuild_batch(wanted[start : start + BATCH])
        rebuild_tally(pairs)


def trails_of(task_ids: Sequence[int]) -> dict[int, Trail]:
    """Where each task stood after each of its moments."""
    events: dict[int, list[Event]] = defaultdict(list)
    rows = Moment.objects.filter(task_id__in=task_ids).order_by("task_id", "day", "id")
    for task_id, verb, day, due in rows.values_list("task_id", "verb", "day", "due_day"):
        events[task_id].append(Event(verb, day, due))
    return {task_id: standing_after(told, first_late_day) for task_id, told in events.items()}


def _rebuild_batch(task_ids: list[int]) -> set[Pair]:
    trails = trails_of(task_ids)
    tasks = list(Task.objects.filter(pk__in=task_ids).defer("words", "folded"))
    old = Span.objects.filter(task_id__in=task_ids)
    pairs: set[Pair] = set(old.values_list("register_id", "lead_unit_id").distinct())
    pairs |= {(task.register_id, task.lead_unit_id) for task in tasks}
    old.delete()
    Span.objects.bulk_create(
        [span for task in tasks for span in _spans(task, trails.get(task.pk, []))], batch_size=5000
    )
    _settle([task for task in tasks if _stands_anew(task, trails.get(task.pk, []))])
    return pairs


def _spans(task: Task, trail: Trail) -> list[Span]:
    return [
        Span(
            task=task,
            register_id=task.register_id,
            lead_unit_id=task.lead_unit_id,
            is_marked=task.mark != Mark.NORMAL,
            state=value.state,
            start=value.start,
            end=value.end,
        )
        for value in spans_of(trail)
    ]


def _stands_anew(task: Task, trail: Trail) -> bool:
    """Set the current columns from the trail; tell whether anything changed."""
    standing = trail[-1][1] if trail else Standing(Stage.DRAFT, None)
    now = (standing.stage, standing.late_from, standing.done_late)
    if (task.stage, task.late_from, task.done_late) == now:
        return False
    task.stage, task.late_from, task.done_late = now
    return True


def _settle(tasks: list[Task]) -> None:
    Task.objects.bulk_update(tasks, ["stage", "late_from", "done_late"], batch_size=1000)


def rebuild_tally(pairs: Iterable[Pair]) -> None:
    """Count the spans of each (register, lead unit) into running totals by day; one writer a pair at a time."""
    wanted = sorted(set(pairs))
    if not wanted:
        return
    registers, units = [list(column) for column in zip(*wanted, strict=True)]
    with transaction.atomic(), connection.cursor() as cursor:
        if len(wanted) > LOCK_WHOLE_TABLE_ABOVE:
            cursor.execute(f"LOCK TABLE {Tally._meta.db_table} IN EXCLUSIVE MODE")
        else:
            cursor.execute(LOCK_PAIRS, [registers, units])
        cursor.execute(DELETE_TALLY, [registers, units])
        cursor.execute(INSERT_TALLY, {"registers": registers, "units": units, "forever": FOREVER})


LOCK_PAIRS = """
SELECT pg_advisory_xact_lock(register_id, unit_id)
FROM (SELECT * FROM unnest(%s::int[], %s::int[]) AS p(register_id, unit_id) ORDER BY 1, 2) AS ordered
"""

DELETE_TALLY = """
DELETE FROM tasks_tally USING unnest(%s::int[], %s::int[]) AS p(register_id, unit_id)
WHERE tasks_tally.register_id = p.register_id AND tasks_tally.unit_id = p.unit_id
"""

_COUNTERS = ", ".join(
    f"coalesce((sum(sum(step) FILTER (WHERE state = '{state.value}')) OVER running)::int, 0)"
    for state in State
)
INSERT_TALLY = f"""
WITH pairs AS (SELECT * FROM unnest(%(registers)s::int[], %(units)s::int[]) AS p(register_id, unit_id)),
spans AS (
    SELECT s.register_id, s.lead_unit_id AS unit_id, s.is_marked, s.state, s."start", s."end"
    FROM tasks_span AS s JOIN pairs ON pairs.register_id = s.register_id AND pairs.unit_id = s.lead_unit_id
),
steps AS (
    SELECT register_id, unit_id, is_marked, state, "start" AS day, 1 AS step FROM spans
    UNION ALL
    SELECT register_id, unit_id, is_marked, state, "end" AS day, -1 AS step FROM spans WHERE "end" < %(forever)s
)
INSERT INTO tasks_tally (register_id, unit_id, is_marked, day, {", ".join(state.value for state in State)})
SELECT register_id, unit_id, is_marked, day, {_COUNTERS}
FROM steps
GROUP BY register_id, unit_id, is_marked, day
WINDOW running AS (PARTITION BY register_id, unit_id, is_marked ORDER BY day)
"""  # noqa: S608 - names of our own enum
