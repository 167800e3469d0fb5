"""What can be urged of a task by hand: the subject of it, as the viewer may see the task."""

from namro.alerts.terms import Subject
from namro.organisation.terms import Refused, Viewer
from namro.tasks.queries import visible_to
from namro.tasks.terms import OPEN_STAGES, Mark


def subject_of_task(viewer: Viewer, code: str) -> Subject:
    """The task of that code as a subject; refuses one that is not open, or that the viewer may not see."""
    task = visible_to(viewer).filter(code=code, stage__in=OPEN_STAGES).first()
    if task is None:
        raise Refused("Không có nhiệm vụ đang mở nào mang mã này trong phạm vi của bạn.")
    is_marked = task.mark != Mark.NORMAL
    return Subject(
        object_key=f"task:{task.code}",
        unit_id=task.lead_unit_id,
        label=f"{task.code} (có độ mật)" if is_marked else f"{task.code} {task.title}",
        path=f"/nhiem-vu/{task.code}/",
        person_id=task.lead_person_id,
        above_id=task.escalate_to_id or task.supervisor_unit_id,
        is_marked=is_marked,
    )
