"""How every verb runs: lock the row, let a repeated act pass, ask the rules, write, leave a moment and a log line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from namro.audit.actions import record
from namro.ground import clock
from namro.ground.text import fold
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Viewer
from namro.tasks.actions.alerting import follow
from namro.tasks.actions.spans import rebuild
from namro.tasks.models import Moment, Task
from namro.tasks.queries.scope import visible_to
from namro.tasks.rules import check_can
from namro.tasks.terms import VERB_LABELS, Verb


@dataclass(frozen=True)
class Act:
    """Who does what: `client_id` makes a retry harmless, `version` is the one the person saw (None: not asked)."""

    verb: Verb
    by: Person
    viewer: Viewer
    client_id: UUID
    version: int | None = None
    note: str = ""
    due_day: date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """The task after the act, its moment, and whether this call was the repetition of an earlier one."""

    task: Task
    moment: Moment
    repeated: bool


def perform(task_id: int, act: Act, change: Mapping[str, Any] | None = None) -> Done:
    """Carry out an act on one task, inside a transaction; Task.DoesNotExist when the viewer may not open it."""
    task = lock(task_id, act.viewer)
    earlier = Moment.objects.filter(client_id=act.client_id).first()
    if earlier is not None:
        return Done(task, earlier, repeated=True)
    row = check_can(act.verb, task, act.viewer)
    check_version(task, act.version)
    values = dict(change or {})
    if row.target is not None:
        values["stage"] = row.target
    return write(task, act, values)


def lock(task_id: int, viewer: Viewer) -> Task:
    """The task, locked until the transaction ends."""
    with transaction.atomic():
        return visible_to(viewer).select_for_update(of=("self",)).get(pk=task_id)


def check_version(task: Task, version: int | None) -> None:
    """Refuse when somebody else wrote since the person saw the task; say who and when."""
    if version is None or version == task.version:
        return
    last = task.moments.select_related("by").order_by("-id").first()
    who = (
        f"{last.by} ({VERB_LABELS[last.verb]}, {last.at.astimezone(clock.VIETNAM):%H:%M %d/%m/%Y})"
        if last and last.by
        else "người khác"
    )
    raise Refused(
        f"Nhiệm vụ vừa được {who} cập nhật; nội dung bạn nhập vẫn còn, hãy xem bản mới rồi gửi lại."
    )


def write(task: Task, act: Act, values: Mapping[str, Any]) -> Done:
    """Set the values, raise the version, append the moment, settle the spans, log before and after."""
    before = {name: getattr(task, name) for name in values}
    from_stage = task.stage
    for name, value in values.items():
        setattr(task, name, value)
    task.version += 1
    task.folded = folded_text(task)
    task.save()
    moment = Moment.objects.create(
        client_id=act.client_id,
        task=task,
        verb=act.verb,
        day=clock.today(),
        at=clock.now(),
        by=act.by,
        from_stage=from_stage,
        to_stage=task.stage,
        due_day=act.due_day,
        note=act.note,
        data=dict(act.data),
    )
    if act.verb in SETTLING:
        rebuild([task.pk])
        task.refresh_from_db(fields=["stage", "late_from", "done_late"])
    record(
        by=act.by,
        verb=act.verb,
        obj=task,
        before=before,
        after=dict(values),
        unit=task.lead_unit.code,
        ground=act.note,
    )
    follow(task, act.verb, act.note, act.by)
    return Done(task, moment, repeated=False)


SETTLING = frozenset(
    set(Verb) - {Verb.COMMENT, Verb.ASSIGN, Verb.ASK_EXTENSION, Verb.REFUSE_EXTENSION, Verb.EDIT}
)


def folded_text(task: Task) -> str:
    """What a search looks through: code, title, detail and result without marks."""
    return fold(f"{task.code} {task.title} {task.detail} {task.result}")
