"""Which tasks a viewer may open: the one place."""

from django.db.models import Q, QuerySet

from namro.organisation.terms import Capability, Viewer
from namro.tasks.models import Participation, Task
from namro.tasks.terms import Mark, Stage


def visible_to(viewer: Viewer, *, leading: bool = False) -> QuerySet[Task]:
    """Tasks in which a unit of the viewer's leads or cooperates; drafts for those who assign; marked ones for those
    whose post lets them, and for the person in charge. `leading`: the caller itself keeps to tasks led in reach."""
    rows = Task.objects.all()
    if viewer.unit_ids is not None and not leading:
        taking_part = Participation.objects.filter(unit_id__in=viewer.unit_ids)
        rows = rows.filter(pk__in=taking_part.values("task_id"))
    if not viewer.can(Capability.READ_MARKED):
        rows = rows.filter(Q(mark=Mark.NORMAL) | Q(lead_person_id=viewer.person_id))
    if not viewer.can(Capability.ASSIGN_TASKS):
        rows = rows.exclude(stage=Stage.DRAFT)
    return rows
