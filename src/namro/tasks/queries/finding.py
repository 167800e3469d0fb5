"""Find, filter and page through tasks, now or as they stood on a past day; no page's cost grows with the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q, QuerySet

from namro.ground import clock
from namro.ground.text import fold
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.tasks.models import Participation, Task
from namro.tasks.queries.scope import visible_to
from namro.tasks.rules import state_of
from namro.tasks.terms import (
    OPEN_STAGES,
    STATE_GROUPS,
    Involvement,
    Stage,
    State,
)

PAGE_SIZE = 50
MOST_COUNTED = 1000


@dataclass(frozen=True)
class TaskFilter:
    """What is asked of the register; empty fields ask nothing. `day` None means today."""

    register: str = ""
    state: str = ""
    unit_id: int | None = None
    below: bool = True
    involvement: str = Involvement.LEAD
    person_id: int | None = None
    directive_id: int | None = None
    parent_id: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    words: str = ""
    waiting: bool = False
    drafts: bool = False
    day: date | None = None

    @property
    def is_past(self) -> bool:
        """Whether a day other than today is asked for."""
        return self.day is not None and self.day != clock.today()


@dataclass(frozen=True)
class Page:
    """A page of tasks with their states on the day, and the cursor to the next page (empty at the end)."""

    tasks: list[Task]
    after: str
    day: date


def find(viewer: Viewer, asked: TaskFilter) -> QuerySet[Task]:
    """Tasks of the viewer that meet the filter, unordered; as-of days bring `shown_state` and `since`."""
    rows = _narrowed(visible_to(viewer), asked)
    return _as_of(rows, asked) if asked.is_past else _now(rows, asked)


def page_of(viewer: Viewer, asked: TaskFilter, *, after: str = "", size: int = PAGE_SIZE) -> Page:
    """One page in order of what is due first, or on a past day of what changed last; by cursor, never by offset."""
    day = asked.day or clock.today()
    tasks = list(_with_people(ordered(viewer, asked, after=after))[: size + 1])
    more, tasks = len(tasks) > size, tasks[:size]
    for task in tasks:
        task.shown_state = shown_state(task, asked, day)  # type: ignore[attr-defined]
    return Page(tasks, _cursor(tasks[-1], asked) if more else "", day)


def ordered(viewer: Viewer, asked: TaskFilter, *, after: str = "") -> QuerySet[Task]:
    """Tasks that meet the filter in the order of the list, from behind a cursor on."""
    rows = find(viewer, asked)
    return _after_past(rows, after) if asked.is_past else _after_now(rows, after)


def count_up_to(viewer: Viewer, asked: TaskFilter, most: int = MOST_COUNTED) -> int:
    """How many tasks meet the filter, counted no further than `most` + 1."""
    return find(viewer, asked).order_by()[: most + 1].count()


def _with_people(rows: QuerySet[Task]) -> QuerySet[Task]:
    return rows.select_related("lead_unit", "lead_person", "register", "directive").defer("words", "folded", "detail")


def _narrowed(rows: QuerySet[Task], asked: TaskFilter) -> QuerySet[Task]:
    """The part of the filter that does not depend on the day."""
    exact = {
        "register__code": asked.register,
        "lead_person_id": asked.person_id,
        "directive_id": asked.directive_id,
        "parent_id": asked.parent_id,
        "due_day__gte": asked.due_from,
        "due_day__lte": asked.due_to,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value not in ("", None)})
    if asked.unit_id is not None:
        rows = _of_unit(rows, asked)
    if fold(asked.words):
        rows = rows.filter(words=words_query(asked.words))
    if asked.waiting:
        rows = rows.filter(stage=Stage.SUBMITTED)
    return rows


def _of_unit(rows: QuerySet[Task], asked: TaskFilter) -> QuerySet[Task]:
    units = unit_ids_below(asked.unit_id) if asked.below else [asked.unit_id]
    if asked.involvement == Involvement.LEAD:
        return rows.filter(lead_unit_id__in=units)
    taking_part = Participation.objects.filter(unit_id__in=units)
    if asked.involvement == Involvement.COOPERATING:
        taking_part = taking_part.filter(involvement=Involvement.COOPERATING)
    return rows.filter(pk__in=taking_part.values("task_id"))


def unit_ids_below(unit_id: int | None) -> Sequence[int]:
    """The unit and those below it, by id; two queries."""
    top = Unit.objects.filter(pk=unit_id).first()
    return list(Unit.objects.below(top).values_list("pk", flat=True)) if top else []


def words_query(words: str) -> SearchQuery:
    """All syllables must stand in the task, marks or not; the last one may be the beginning of a syllable."""
    *syllables, last = fold(words).split()
    return SearchQuery(" & ".join([*syllables, f"{last}:*"]), config="simple", search_type="raw")


def _now(rows: QuerySet[Task], asked: TaskFilter) -> QuerySet[Task]:
    if asked.drafts:
        return rows.filter(stage=Stage.DRAFT)
    if not asked.state:
        return rows.exclude(stage__in=(Stage.DRAFT, Stage.WITHDRAWN))
    return rows.filter(state_condition(asked.state, asked.day or clock.today()))


def state_condition(group: str, day: date) -> Q:
    """The condition on a task's current columns for a group of states on the present day."""
    late = Q(late_from__lte=day)
    in_time = Q(late_from__gt=day) | Q(late_from__isnull=True, stage=Stage.SUBMITTED)
    unstarted = Q(stage__in=(Stage.ISSUED, Stage.ACCEPTED))
    started = Q(stage__in=(Stage.IN_PROGRESS, Stage.SUBMITTED))
    conditions: dict[str, Q] = {
        "open": Q(stage__in=OPEN_STAGES),
        "overdue": late,
        "in_time": Q(stage__in=OPEN_STAGES) & in_time,
        "done": Q(stage=Stage.DONE),
        "done_on_time": Q(stage=Stage.DONE, done_late=False),
        "not_started": unstarted,
        "in_progress": started,
        "done_late": Q(stage=Stage.DONE, done_late=True),
        State.NOT_STARTED_LATE: unstarted & late,
        State.IN_PROGRESS_LATE: started & late,
    }
    return conditions[group]


def _as_of(rows: QuerySet[Task], asked: TaskFilter) -> QuerySet[Task]:
    """Through the spans: the state a task held on the day."""
    held = {"spans__start__lte": asked.day, "spans__end__gt": asked.day}
    if asked.state:
        held["spans__state__in"] = STATE_GROUPS.get(asked.state, (asked.state,))
    if asked.register:
        held["spans__register__code"] = asked.register
    return rows.filter(**held).annotate(span_state=F("spans__state"), since=F("spans__start"))


def _after_now(rows: QuerySet[Task], after: str) -> QuerySet[Task]:
    if after:
        day, pk = after.split("_")
        rows = rows.filter(Q(due_day__gt=day) | Q(due_day=day, pk__gt=int(pk)), due_day__gte=day)
    return rows.order_by("due_day", "pk")


def _after_past(rows: QuerySet[Task], after: str) -> QuerySet[Task]:
    if after:
        day, pk = after.split("_")
        rows = rows.filter(Q(since__lt=day) | Q(since=day, pk__gt=int(pk)))
    return rows.order_by("-since", "pk")


def _cursor(task: Task, asked: TaskFilter) -> str:
    day = task.since if asked.is_past else task.due_day  # type: ignore[attr-defined]
    return f"{day.isoformat()}_{task.pk}"


def shown_state(task: Task, asked: TaskFilter, day: date) -> str:
    """The state of a task that `find` gave: one of the six, or the stage of a draft or a withdrawn task."""
    if asked.is_past:
        return str(task.span_state)  # type: ignore[attr-defined]
    return state_of(task.stage, task.late_from, task.done_late, day) or task.stage

