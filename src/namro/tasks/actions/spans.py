"""Derived rows of the tasks: the spans of the six states, rebuilt from the moments at will."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from namro.organisation.queries import first_late_day
from namro.tasks.actions.tally import Pair, rebuild_tally
from namro.tasks.models import Moment, Span, Task
from namro.tasks.rules import Standing, spans_of, standing_after
from namro.tasks.terms import Event, Mark, Stage

BATCH = 2000
Trail = list[tuple[date, Standing]]


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
