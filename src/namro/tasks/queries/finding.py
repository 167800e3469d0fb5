"""What may be asked of the registers, and the tasks that answer it, now or as they stood on a past day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery

from namro.ground import clock
from namro.ground.text import fold
from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer
from namro.tasks.models import Participation, Register, Span, Task
from namro.tasks.queries.scope import visible_to
from namro.tasks.terms import (
    OPEN_STAGES,
    OVERDUE_STATES,
    STARTED_STAGES,
    STATE_GROUPS,
    UNSTARTED_STAGES,
    Involvement,
    Stage,
    State,
)


@dataclass(frozen=True)
class TaskFilter:
    """What is asked of the registers; empty fields ask nothing. `involvement` empty means lead or cooperating;
    `day` None means today."""

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
    # What stands below the unit, read once and kept through every `replace` of one page.
    tree: dict[tuple[int, bool], list[int] | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_past(self) -> bool:
        """Whether a day other than today is asked for."""
        return self.day is not None and self.day != clock.today()

    @property
    def syllables(self) -> list[str]:
        """The words asked for, without marks."""
        return fold(self.words).split()


def find(viewer: Viewer, asked: TaskFilter) -> QuerySet[Task]:
    """Tasks of the viewer that meet the filter, unordered; on a past day with `span_state` and `since`."""
    rows = without_words(viewer, asked)
    return rows.filter(words=words_query(asked.syllables)) if asked.syllables else rows


def without_words(viewer: Viewer, asked: TaskFilter) -> QuerySet[Task]:
    """The same, but for the words."""
    rows = _of_units(viewer, asked)
    rows = _narrowed(rows, asked)
    return _as_of(rows, asked) if asked.is_past else _now(rows, asked)


def _of_units(viewer: Viewer, asked: TaskFilter) -> QuerySet[Task]:
    """Tasks by the units that lead or cooperate in them; tasks led inside the viewer's reach need no other scope."""
    units = units_asked(viewer, asked)
    if asked.involvement == Involvement.LEAD:
        seen = visible_to(viewer, leading=viewer.unit_ids is not None)
        return seen if units is None else seen.filter(lead_unit_id__in=units)
    seen = visible_to(viewer)
    if asked.involvement == "" and (units is None or asked.unit_id is None):
        return seen
    taking_part = (
        Participation.objects.all() if units is None else Participation.objects.filter(unit_id__in=units)
    )
    if asked.involvement == Involvement.COOPERATING:
        taking_part = taking_part.filter(involvement=Involvement.COOPERATING)
    return seen.filter(pk__in=taking_part.values("task_id"))


def units_asked(viewer: Viewer, asked: TaskFilter) -> list[int] | None:
    """The units meant, within the viewer's reach; None when that is every unit there is. At most two queries a page."""
    reach = None if viewer.unit_ids is None else sorted(viewer.unit_ids)
    if asked.unit_id is None:
        return reach
    key = (asked.unit_id, asked.below)
    if key not in asked.tree:
        asked.tree[key] = _tree(*key)
    below = asked.tree[key]
    if below is None or reach is None:
        return reach if below is None else below
    return sorted(set(below) & set(reach))


def _tree(unit_id: int, below: bool) -> list[int] | None:
    """The unit, with all below it where they are meant; None for the root, below which every unit stands."""
    top = Unit.objects.filter(pk=unit_id).first()
    if top is None or not below:
        return [unit_id]
    if top.parent_id is None:
        return None
    return list(Unit.objects.below(top).order_by().values_list("pk", flat=True))


def longest_overdue(viewer: Viewer, asked: TaskFilter, most: int) -> QuerySet[Task]:
    """Of the tasks led by a unit or below it those that had been late longest on a past day, with `since`; two or three
    queries. The late spans of the units are read first and whole: walking all of the country's from the oldest on, as
    the planner would for so few rows, meets mostly those that have long been done."""
    units = units_asked(viewer, asked)
    late = Span.objects.filter(state__in=OVERDUE_STATES, start__lte=asked.day, end__gt=asked.day)
    late = late if units is None else late.filter(lead_unit_id__in=units)
    if not viewer.can(Capability.READ_MARKED):
        own = Task.objects.filter(lead_person_id=viewer.person_id)
        late = late.filter(Q(is_marked=False) | Q(task_id__in=own.values("pk")))
    sql, values = late.order_by().values_list("task_id", "start").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH late (id, since) AS MATERIALIZED ({sql}) SELECT id FROM late ORDER BY since, id LIMIT %s",  # noqa: S608
            [*values, most],
        )
        longest = [pk for (pk,) in cursor.fetchall()]
    return _as_of(visible_to(viewer).filter(pk__in=longest), asked).order_by("spans__start", "pk")


def _narrowed(rows: QuerySet[Task], asked: TaskFilter) -> QuerySet[Task]:
    """The part of the filter that depends neither on the day nor on the units."""
    exact = {
        "lead_person_id": asked.person_id,
        "directive_id": asked.directive_id,
        "parent_id": asked.parent_id,
        "due_day__gte": asked.due_from,
        "due_day__lte": asked.due_to,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if asked.register:
        rows = rows.filter(register_id=_register(asked.register))
    return rows.filter(stage=Stage.SUBMITTED) if asked.waiting else rows


def _register(code: str) -> Subquery:
    """The register as a value, so that an index that starts with it keeps its order."""
    return Subquery(Register.objects.filter(code=code).values("pk")[:1])


def words_query(syllables: Sequence[str]) -> SearchQuery:
    """All syllables must stand in the task; the last one may be the beginning of a syllable."""
    *whole, last = syllables
    tail = f"{last}:*" if len(last) > 1 else last
    return SearchQuery(" & ".join([*whole, tail]), config="simple", search_type="raw")


class HoldsWords(Func):
    """Whether the row holds the words, as a plain function: the planner walks in order instead of through the index."""

    function = "ts_match_vq"
    output_field = BooleanField()

    def __init__(self, syllables: Sequence[str]) -> None:
        super().__init__(F("words"), words_query(syllables))


def _now(rows: QuerySet[Task], asked: TaskFilter) -> QuerySet[Task]:
    if asked.drafts:
        return rows.filter(stage=Stage.DRAFT)
    if not asked.state:
        return rows.exclude(stage__in=(Stage.DRAFT, Stage.WITHDRAWN))
    return rows.filter(state_condition(asked.state, asked.day or clock.today()))


def state_condition(group: str, day: date) -> Q:
    """The condition on a task's current columns for a group of states on the present day."""
    late = Q(late_from__lte=day)
    in_time = Q(late_from__gt=day) | Q(late_from__isnull=True)
    unstarted = Q(stage__in=UNSTARTED_STAGES)
    started = Q(stage__in=STARTED_STAGES)
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
    held: dict[str, object] = {"spans__start__lte": asked.day, "spans__end__gt": asked.day}
    if asked.state:
        held["spans__state__in"] = STATE_GROUPS.get(asked.state, (asked.state,))
    if asked.register:
        held["spans__register_id"] = _register(asked.register)
    return rows.filter(**held).annotate(span_state=F("spans__state"), since=F("spans__start"))
