"""My desk: what I owe, what waits for me, what is late under me."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer
from namro.tasks.models import Extension, Task
from namro.tasks.queries.scope import visible_to
from namro.tasks.terms import OPEN_STAGES, ExtensionStatus, Stage

MOST = 50  # of what waits, counted by what is read
SHOWN = 20  # of what has a count and a list of its own


@dataclass(frozen=True)
class Desk:
    """What a person meets on coming in: of what waits at most 50 rows a list, of what is owed and late 20; what is due
    first stands first."""

    person_id: int
    owed: list[Task]
    to_accept: list[Task]
    to_judge: list[Task]
    to_decide: list[Extension]
    late_under_me: list[Task]

    @property
    def waiting(self) -> int:
        """How many acts wait for the person."""
        return len(self.to_accept) + len(self.to_judge) + len(self.to_decide)


def desk(viewer: Viewer, day: date) -> Desk:
    """The desk of the viewer on the day; at most six queries."""
    return Desk(
        person_id=viewer.person_id,
        owed=list(_rows(owed_by(viewer))[:SHOWN]),
        to_accept=list(_rows(to_accept(viewer))[:MOST]),
        to_judge=list(_rows(to_judge(viewer))[:MOST]),
        to_decide=list(to_decide(viewer)[:MOST]),
        late_under_me=list(_rows(late_under(viewer, day))[:SHOWN]),
    )


def _rows(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.select_related("lead_unit", "lead_person", "register").defer("words", "folded", "detail")


def owed_by(viewer: Viewer) -> QuerySet[Task]:
    """Open tasks of which the viewer is the person in charge."""
    mine = Task.objects.filter(lead_person_id=viewer.person_id, stage__in=OPEN_STAGES)
    return mine.order_by("due_day", "pk")


def to_accept(viewer: Viewer) -> QuerySet[Task]:
    """Tasks issued to the viewer's own units and not yet accepted."""
    if not viewer.can(Capability.WORK_TASKS):
        return Task.objects.none()
    given = visible_to(viewer).filter(stage=Stage.ISSUED, lead_unit_id__in=viewer.post_unit_ids)
    return given.order_by("due_day", "pk")


def to_judge(viewer: Viewer) -> QuerySet[Task]:
    """Results handed in that the viewer may accept or return."""
    if not viewer.can(Capability.JUDGE_RESULTS):
        return Task.objects.none()
    handed_in = visible_to(viewer).filter(stage=Stage.SUBMITTED, lead_unit__in=_answered_for(viewer))
    handed_in = handed_in.exclude(lead_unit_id__in=viewer.post_unit_ids)
    return handed_in.order_by("due_day", "pk")


def to_decide(viewer: Viewer) -> QuerySet[Extension]:
    """Requests to extend that the viewer may grant or refuse."""
    if not viewer.can(Capability.GRANT_EXTENSIONS):
        return Extension.objects.none()
    asked = Extension.objects.filter(
        status=ExtensionStatus.ASKED, task__stage__in=OPEN_STAGES, task__lead_unit__in=_answered_for(viewer)
    )
    return (
        asked.select_related("task__lead_unit", "asked_by").defer("task__words").order_by("due_before", "pk")
    )


def late_under(viewer: Viewer, day: date) -> QuerySet[Task]:
    """Overdue tasks led by units the viewer answers for; for those who read everything, by the units of the city."""
    return (
        visible_to(viewer)
        .filter(late_from__lte=day, lead_unit__in=_answered_for(viewer))
        .order_by("late_from", "pk")
    )


def _answered_for(viewer: Viewer) -> QuerySet[Unit]:
    """The units under the viewer: the posts' own trees, or the whole city and nothing beyond it."""
    if viewer.unit_ids is not None:
        return Unit.objects.filter(pk__in=viewer.unit_ids)
    return Unit.objects.filter(path__startswith=viewer.city_path)


def waiting_count(viewer: Viewer, most: int = 99) -> int:
    """How many acts wait for the viewer, counted no further than `most`; at most three queries."""
    return sum(
        rows.order_by()[:most].count() for rows in (to_accept(viewer), to_judge(viewer), to_decide(viewer))
    )
