"""What the page of a task says of its alerts and urges, and the form by which one urges it by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.alerts.actions import urge_by_hand
from namro.alerts.models import Urge
from namro.alerts.queries import open_of, urges_of
from namro.alerts.rules import allows, check_urge
from namro.flows.urging import subject_of_task
from namro.organisation.models import Person
from namro.organisation.terms import Viewer
from namro.pages.alerts.panels import urge_line
from namro.pages.alerts.tile import item
from namro.pages.asof import AsOf
from namro.pages.fields import RequestForm
from namro.pages.home.worst import Item
from namro.tasks.actions.alerting import object_key
from namro.tasks.models import Task
from namro.tasks.terms import OPEN_STAGES


class UrgeTaskForm(RequestForm):
    """Urge the one in charge of a task with words of one's own."""

    words = forms.CharField(
        label=_("Lời đôn đốc"), help_text=_("Cần làm gì, trước ngày nào."), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, task: Task, **options: Any) -> None:
        self.task = task
        options.setdefault("auto_id", "don-doc-%s")
        super().__init__(*args, **options)

    @property
    def draft(self) -> str:
        """The name under which the browser keeps what is typed."""
        return f"task-{self.task.code}-don-doc"

    def carry_out(self, *, by: Person, viewer: Viewer) -> Urge:
        """Urge; raises Refused."""
        subject = subject_of_task(viewer, self.task.code)
        given = self.cleaned_data
        return urge_by_hand(subject, words=given["words"], client_id=given["client_id"], by=by, viewer=viewer)


def form_of(task: Task, viewer: Viewer, tried: UrgeTaskForm | None = None) -> UrgeTaskForm | None:
    """The form to urge a task, the one tried as it was typed; None for who may not, or a task that is over."""
    if task.stage not in OPEN_STAGES or not allows(check_urge, viewer, task.lead_unit_id):
        return None
    return tried or UrgeTaskForm(task=task)


def alerts_on(task: Task, viewer: Viewer, day: AsOf) -> list[Item]:
    """The open alerts on the task, the gravest first; none for a past day, of which the lists hold no state."""
    if day.is_past:
        return []
    return [item(alert) for alert in open_of(viewer, [object_key(task)]).get(object_key(task), [])]


def urges_on(task: Task, day: AsOf) -> list[dict[str, Any]]:
    """The urges about the task by the end of the day, oldest first."""
    return [urge_line(urge) for urge in urges_of(object_key(task)) if urge.day <= day.day]
