"""From an alert to a task in one step: the clears as far as the rule and the alert know them, and the link back."""

from typing import Any
from uuid import UUID, uuid5

from namro.alerts.actions import note_task
from namro.alerts.models import Alert
from namro.alerts.queries import sentence, visible_to
from namro.alerts.terms import FIGURE_KINDS, AlertState, RuleDef
from namro.audit.actions import once
from namro.delivery.terms import Level
from namro.ground import clock
from namro.ground.days import format_day
from namro.organisation.models import Person, Unit
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Refused, Viewer
from namro.tasks.actions import TaskDraft, draft
from namro.tasks.models import Task
from namro.tasks.queries import visible_to as visible_tasks
from namro.tasks.terms import Proof

# Working days that a task made of an alert is given when nobody says otherwise.
DAYS = {Level.CRITICAL: 3, Level.WARNING: 5, Level.WATCH: 10}
TASK = "task:"


def alert_to_act_on(viewer: Viewer, alert_id: int) -> Alert | None:
    """The open alert of which no task was made yet, None where there is none or the viewer may not see it."""
    rows = visible_to(viewer).select_related("rule", "unit", "person", "above")
    return rows.filter(pk=alert_id, state=AlertState.OPEN, task_code="").first()


def first_values(alert: Alert, viewer: Viewer) -> dict[str, Any]:
    """What a task made of the alert begins with, as the fields of the task form; empty fields are for the person."""
    rule = alert.rule.definition
    values: dict[str, Any] = {
        "title": _title(alert),
        "detail": f"{sentence(alert)} {rule.action}".strip(),
        "lead_unit": alert.unit,
        "lead_person": alert.person_id,
        "due_day": _due(alert),
        "authority": rule.decides,
        "escalate_to": alert.above or _city(viewer),
        "result": f"Cảnh báo «{alert.rule.name}» không còn: {alert.object_label}"[:4000],
        "alert": alert.pk,
    }
    return values | _proof(rule) | _of_task(alert, viewer)


def _title(alert: Alert) -> str:
    return f"Xử lý dứt điểm: {alert.object_label}"[:500]


def _due(alert: Alert) -> Any:
    return working_calendar().add_working_days(clock.today(), DAYS.get(Level(alert.level), 5))


def _city(viewer: Viewer) -> Unit:
    return Unit.objects.get(pk=viewer.city_id)


def _proof(rule: RuleDef) -> dict[str, Any]:
    """Of a figure the proof is the indicator back at the mildest threshold; of anything else a product."""
    if rule.kind not in FIGURE_KINDS or not rule.indicator:
        return {"proof_kind": Proof.PRODUCT}
    return {"proof_kind": Proof.INDICATOR, "proof_indicator": rule.indicator}


def _of_task(alert: Alert, viewer: Viewer) -> dict[str, Any]:
    """A task made of an alert on a task stands below it, under the same directive."""
    if not alert.object_key.startswith(TASK):
        return {}
    code = alert.object_key.removeprefix(TASK)
    above = visible_tasks(viewer).filter(code=code).first()
    return {"parent": above.code, "directive": str(above.directive_id), "mark": above.mark} if above else {}


@once
def draft_of_alert(alert_id: int, written: TaskDraft, *, client_id: UUID, by: Person, viewer: Viewer) -> Task:
    """Write the task down and keep in the alert that it was made of it; refuses an alert that has one already."""
    known = Task.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    if alert_to_act_on(viewer, alert_id) is None:
        day = format_day(clock.today())
        raise Refused(f"Đến {day} cảnh báo này đã đóng hoặc đã có nhiệm vụ; hãy mở lại trang cảnh báo.")
    task = draft(written, client_id=client_id, by=by, viewer=viewer)
    note_task(alert_id, task.code, client_id=uuid5(client_id, "alert"), by=by, viewer=viewer)
    return task
