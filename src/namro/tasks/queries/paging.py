"""Pages of tasks by cursor, never by offset, so that no page's cost grows with the register."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from namro.ground import clock
from namro.organisation.terms import Viewer
from namro.tasks.models import Task
from namro.tasks.queries.finding import HoldsWords, TaskFilter, find, without_words
from namro.tasks.rules import state_of
from namro.tasks.terms import OVERDUE_STATES

PAGE_SIZE = 50
MOST_COUNTED = 1000
MOST_FOUND = 200
# Common words are met soon by walking the list in its order; what is not met within so many rows is rare, and the index
# of words is quick for it.
WALKED_ROWS = 5000
SMALL_REACH = 3
# What a list shows of a task; making the whole of fifty tasks costs more than finding them.
LISTED = (
    "code title mark stage percent due_day late_from done_late lead_unit__name lead_unit__short_name "
    "lead_person__full_name register__short_name"
).split()
LATEST_FIRST = frozenset({"", "done", "done_on_time", "done_late"})
BY_LATENESS = frozenset({"overdue", *OVERDUE_STATES})


@dataclass(frozen=True)
class Page:
    """A page of tasks with their states on the day, and the cursor to the next page (empty at the end)."""

    tasks: list[Task]
    after: str
    day: date


def page_of(viewer: Viewer, asked: TaskFilter, *, after: str = "", size: int = PAGE_SIZE) -> Page:
    """One page in the order of the list, from behind a cursor on."""
    met = _met_by_walking(viewer, asked, size + 1, after)
    if met is None:
        rows = ordered(viewer, asked, after=after)
    else:
        rows = _in_order(without_words(viewer, asked).filter(pk__in=met), asked)
    tasks = list(_with_people(rows)[: size + 1])
    more, tasks = len(tasks) > size, tasks[:size]
    day = asked.day or clock.today()
    for task in tasks:
        task.shown_state = shown_state(task, asked, day)  # type: ignore[attr-defined]
    return Page(tasks, _cursor(tasks[-1], asked) if more else "", day)


def ordered(viewer: Viewer, asked: TaskFilter, *, after: str = "") -> QuerySet[Task]:
    """All tasks that meet the filter, in the order of the list, from behind a cursor on."""
    if asked.syllables and viewer.unit_ids is not None and len(viewer.unit_ids) <= SMALL_REACH:
        rows = without_words(viewer, asked).filter(HoldsWords(asked.syllables))
    else:
        rows = find(viewer, asked)
    return _in_order(rows, asked, after)


def most_counted(asked: TaskFilter) -> int:
    """How far the tasks of a filter are counted: fewer where words are asked for."""
    return MOST_FOUND if asked.syllables else MOST_COUNTED


def count_up_to(viewer: Viewer, asked: TaskFilter) -> int:
    """How many tasks meet the filter, counted no further than one more than `most_counted`."""
    return counted_rows(viewer, asked).count()


def counted_rows(viewer: Viewer, asked: TaskFilter) -> QuerySet[Task]:
    """Tasks that meet the filter, in no order, no more than one beyond `most_counted`."""
    most = most_counted(asked)
    met = _met_by_walking(viewer, asked, most + 1)
    if met is not None:
        return without_words(viewer, asked).filter(pk__in=met)
    return ordered(viewer, asked).order_by()[: most + 1]


def _met_by_walking(viewer: Viewer, asked: TaskFilter, wanted: int, after: str = "") -> list[int] | None:
    """Ids of the first tasks that hold the words, when walking the whole register's order meets enough of them."""
    if not asked.syllables or viewer.unit_ids is not None or asked.unit_id is not None:
        return None
    walk = _in_order(without_words(viewer, asked), asked, after).annotate(holds=HoldsWords(asked.syllables))
    sql, values = walk.values("pk", "holds")[:WALKED_ROWS].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({sql}) AS walked (id, holds) WHERE holds LIMIT {wanted}", values)  # noqa: S608
        met = [pk for (pk,) in cursor.fetchall()]
    return met if len(met) == wanted else None


def shown_state(task: Task, asked: TaskFilter, day: date) -> str:
    """The state of a task that `find` gave: one of the six, or the stage of a draft or a withdrawn task."""
    if asked.is_past:
        return str(task.span_state)  # type: ignore[attr-defined]
    return state_of(task.stage, task.late_from, task.done_late, day) or task.stage


def _with_people(rows: QuerySet[Task]) -> QuerySet[Task]:
    return rows.select_related("lead_unit", "lead_person", "register").only(*LISTED)


def _in_order(rows: QuerySet[Task], asked: TaskFilter, after: str = "") -> QuerySet[Task]:
    """Open tasks: what is due first; done ones and all: what was due last; on a past day: what changed last."""
    column, downwards = _order(asked)
    if after:
        rows = rows.filter(_behind(after, column, downwards))
    if column == "since":
        return rows.order_by("-spans__start", "-spans__task_id")
    sign = "-" if downwards else ""
    return rows.order_by(f"{sign}{column}", f"{sign}pk")


def _order(asked: TaskFilter) -> tuple[str, bool]:
    """The column a list is sorted by, and whether from the latest down."""
    if asked.is_past:
        return "since", True
    if asked.drafts:
        return "due_day", False
    return ("late_from" if asked.state in BY_LATENESS else "due_day"), asked.state in LATEST_FIRST


def _behind(after: str, column: str, downwards: bool) -> Q:
    """The condition for all rows behind the cursor."""
    day, pk = after.split("_")
    step = "lt" if downwards else "gt"
    name, key = ("spans__start", "spans__task_id") if column == "since" else (column, "pk")
    further = Q(**{f"{name}__{step}": day}) | Q(**{name: day, f"{key}__{step}": int(pk)})
    return further & Q(**{f"{name}__{step}e": day})


def _cursor(task: Task, asked: TaskFilter) -> str:
    column, _ = _order(asked)
    return f"{getattr(task, column).isoformat()}_{task.pk}"
