"""Pages of tasks by cursor, never by offset, so that no page's cost grows with the register."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from namro.ground import clock
from namro.organisation.terms import Viewer
from namro.tasks.models import Task
from namro.tasks.queries.finding import HoldsWords, TaskFilter, find, without_words
from namro.tasks.rules import state_of
from namro.tasks.terms import OVERDUE_STATES

PAGE_SIZE = 50
MOST_COUNTED = 1000
# So many matches are fetched and sorted; more are so common that walking the order meets them soon.
FEW_MATCHES = 5000
SMALL_REACH = 3
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
    tasks = list(_with_people(ordered(viewer, asked, after=after))[: size + 1])
    more, tasks = len(tasks) > size, tasks[:size]
    day = asked.day or clock.today()
    for task in tasks:
        task.shown_state = shown_state(task, asked, day)  # type: ignore[attr-defined]
    return Page(tasks, _cursor(tasks[-1], asked) if more else "", day)


def ordered(viewer: Viewer, asked: TaskFilter, *, after: str = "") -> QuerySet[Task]:
    """Open tasks: what is due first; done ones and all: what was due last; on a past day: what changed last."""
    rows = _matching(viewer, asked)
    column, downwards = _order(asked)
    if after:
        rows = rows.filter(_behind(after, column, downwards))
    if column == "since":
        return rows.order_by("-spans__start", "-spans__task_id")
    sign = "-" if downwards else ""
    return rows.order_by(f"{sign}{column}", f"{sign}pk")


def count_up_to(viewer: Viewer, asked: TaskFilter, most: int = MOST_COUNTED) -> int:
    """How many tasks meet the filter, counted no further than `most` + 1."""
    return find(viewer, asked).order_by()[: most + 1].count()


def shown_state(task: Task, asked: TaskFilter, day: date) -> str:
    """The state of a task that `find` gave: one of the six, or the stage of a draft or a withdrawn task."""
    if asked.is_past:
        return str(task.span_state)  # type: ignore[attr-defined]
    return state_of(task.stage, task.late_from, task.done_late, day) or task.stage


def _with_people(rows: QuerySet[Task]) -> QuerySet[Task]:
    return rows.select_related("lead_unit", "lead_person", "register", "directive").defer(
        "words", "folded", "detail"
    )


def _matching(viewer: Viewer, asked: TaskFilter) -> QuerySet[Task]:
    """The tasks that hold the words, by the way that is short for them: few matches by the index, common ones (and a
    reach of few units) by walking in order."""
    rows = without_words(viewer, asked)
    if not asked.syllables:
        return rows
    if viewer.unit_ids is None or len(viewer.unit_ids) > SMALL_REACH:
        found = list(find(viewer, asked).order_by().values_list("pk", flat=True)[: FEW_MATCHES + 1])
        if len(found) <= FEW_MATCHES:
            return rows.filter(pk__in=found)
    return rows.filter(HoldsWords(asked.syllables))


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
