"""A post passes from one person to another: the open tasks of its unit that the one led go on with the other."""

from uuid import UUID, uuid5

from namro.audit.actions import once
from namro.organisation.models import Person, Unit
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Viewer
from namro.tasks.actions.act import Act, write
from namro.tasks.models import Moment, Task
from namro.tasks.terms import OPEN_STAGES, Verb


@once
def hand_over_tasks(
    *, unit: Unit, giver: Person, receiver: Person, client_id: UUID, by: Person, viewer: Viewer
) -> int:
    """Put the receiver in charge of the giver's open tasks in the unit; each keeps its moment. Returns how many."""
    check_capability(viewer, Capability.ADMINISTER)
    open_tasks = Task.objects.filter(lead_unit=unit, lead_person=giver, stage__in=OPEN_STAGES).select_related(
        "lead_unit"
    )
    moved = 0
    for task in open_tasks.select_for_update(of=("self",)).order_by("pk"):
        act = Act(
            Verb.ASSIGN,
            by,
            viewer,
            uuid5(client_id, str(task.pk)),
            note=f"{receiver.full_name} (nhận bàn giao)",
        )
        if not Moment.objects.filter(client_id=act.client_id).exists():
            write(task, act, {"lead_person_id": receiver.pk})
            moved += 1
    return moved
