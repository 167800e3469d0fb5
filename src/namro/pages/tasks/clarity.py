"""What the clarity check says of a form that is still being filled in, by the field it speaks of."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from namro.ground import clock
from namro.organisation.models import Unit
from namro.pages.tasks.forms.task import SPEAKS_OF, TaskForm
from namro.tasks.clarity import Draft, Finding, Severity
from namro.tasks.models import Task
from namro.tasks.queries.clears import Rules, clarity_draft, rules_in_use

READ = (
    "title", "result", "proof_kind", "proof_indicator", "proof_target", "lead_unit", "lead_person", "supervisor_unit",
    "start_day", "due_day", "authority", "escalate_to", "cooperating",
)  # fmt: skip


def draft_of(form: TaskForm) -> Draft:
    """The form as the check reads it; what does not stand yet counts as not written."""
    values = {name: _clean(form, name) for name in READ}
    partners = values.pop("cooperating") or []
    lead: Unit | None = values["lead_unit"]
    kept = {"start_day": clock.today()} | {name: value for name, value in values.items() if value is not None}
    task = Task(**kept)
    if values["supervisor_unit"] is None:
        task.supervisor_unit = Unit.objects.get(pk=form.viewer.home_unit_id)
    return clarity_draft(task, [unit for unit in partners if unit != lead])


def _clean(form: TaskForm, name: str) -> Any:
    """The value of one field, None when it is empty or refused."""
    bound = form[name]
    try:
        return form.fields[name].clean(bound.value()) if name != "proof_kind" else bound.value() or None
    except ValidationError:
        return None


def findings_of(form: TaskForm) -> tuple[dict[str, list[Finding]], list[dict[str, Any]]]:
    """The findings by field of the form, and each clear with whether it is there."""
    rules = rules_in_use()
    found = rules.findings(draft_of(form))
    by_field: Mapping[str, list[Finding]] = defaultdict(list)
    for each in found:
        by_field[SPEAKS_OF.get(each.field, each.field)].append(each)
    return dict(by_field), summary(rules, found)


def summary(rules: Rules, found: list[Finding]) -> list[dict[str, Any]]:
    """Each clear in use: there, vague, or missing."""
    shown = []
    for clear in rules.clears.clears:
        severities = {each.severity for each in found if each.clear == clear.code}
        tone = "over" if Severity.MISSING in severities else "risk" if severities else "ok"
        shown.append({"name": clear.name, "tone": tone})
    return shown
