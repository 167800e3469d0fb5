"""One task with all that belongs to it, and the reviewed lists by which its text is read."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from namro.ground import clock
from namro.organisation.terms import Viewer
from namro.tasks.models import Comment, Evidence, Extension, Moment, ProgressReport, Rulebook, Task
from namro.tasks.queries.scope import visible_to
from namro.tasks.rules import can, state_of
from namro.tasks.terms import ExtensionStatus, Stage, Verb


@dataclass(frozen=True)
class TaskFile:
    """A task as its page shows it: the row, its history, its children, and what the viewer may do to it now."""

    task: Task
    state: str
    cooperating: list[Any]
    moments: list[Moment]
    extensions: list[Extension]
    reports: list[ProgressReport]
    evidence: list[Evidence]
    comments: list[Comment]
    children: list[Task]
    verbs: frozenset[Verb]


def one_task(viewer: Viewer, code: str, day: date | None = None) -> TaskFile | None:
    """The task of that code with its file, or None when the viewer may not open it; a constant number of queries."""
    rows = visible_to(viewer).select_related(
        "lead_unit", "lead_person", "supervisor_unit", "escalate_to", "register", "directive", "parent"
    )
    task = rows.defer("words", "folded").filter(code=code).first()
    if task is None:
        return None
    today = clock.today()
    children = visible_to(viewer).filter(parent=task).select_related("lead_unit")
    partners = (
        task.participations.filter(involvement="cooperating")
        .select_related("unit")
        .order_by("unit__sort_key")
    )
    file = TaskFile(
        task=task,
        state=state_of(task.stage, task.late_from, task.done_late, today) or task.stage,
        cooperating=[partner.unit for partner in partners],
        moments=list(task.moments.select_related("by").order_by("-day", "-id")),
        extensions=list(task.extensions.select_related("asked_by", "decided_by")),
        reports=list(task.progress_reports.select_related("by")),
        evidence=list(task.evidence.select_related("moment")),
        comments=list(task.comments.select_related("by")),
        children=list(children.defer("words", "folded").order_by("due_day", "pk")[:200]),
        verbs=frozenset(verb for verb in Verb if verb != Verb.DRAFT and can(verb, task, viewer)),
    )
    return as_known_on(file, day) if day is not None and day < today else file


def as_known_on(file: TaskFile, day: date) -> TaskFile | None:
    """The file as it was at the end of a past day: nothing that came later, nothing to do; None before its start."""
    moments = [each for each in file.moments if each.day <= day]
    if not moments:
        return None
    reports = [each for each in file.reports if each.day <= day]
    span = file.task.spans.filter(start__lte=day, end__gt=day).first()
    task = file.task
    task.due_day = next((each.due_day for each in moments if each.due_day), task.original_due_day)
    task.percent = reports[-1].percent if reports else 0
    task.submitted_day = task.submitted_day if task.submitted_day and task.submitted_day <= day else None
    task.done_day = task.done_day if task.done_day and task.done_day <= day else None
    task.late_from = None
    withdrawn = any(each.verb == Verb.WITHDRAW for each in moments)
    return replace(
        file,
        state=span.state if span else (Stage.WITHDRAWN if withdrawn else Stage.DRAFT),
        moments=moments,
        extensions=[_undecided_on(each, day) for each in file.extensions if each.asked_day <= day],
        reports=reports,
        evidence=[each for each in file.evidence if each.moment.day <= day],
        comments=[each for each in file.comments if each.at.date() <= day],
        children=[each for each in file.children if each.issued_day and each.issued_day <= day],
        verbs=frozenset(),
    )


def _undecided_on(extension: Extension, day: date) -> Extension:
    """A request as it stood on the day: what was decided later was still open."""
    if extension.decided_day is not None and extension.decided_day > day:
        extension.status, extension.decided_day = ExtensionStatus.ASKED, None
    return extension


def rulebook(code: str) -> dict[str, Any]:
    """The reviewed list of that code, empty when the package brought none."""
    found = Rulebook.objects.filter(code=code).first()
    return dict(found.body) if found else {}


def ancestors_of(task_id: int | None, most: int = 20) -> list[int]:
    """Ids from the task up to the top, the task first."""
    found: list[int] = []
    while task_id is not None and task_id not in found and len(found) < most:
        found.append(task_id)
        task_id = Task.objects.filter(pk=task_id).values_list("parent_id", flat=True).first()
    return found
