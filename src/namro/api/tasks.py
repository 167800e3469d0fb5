"""Tasks that a key reaches: never one with a mark of secrecy, no names of persons."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema

from namro.access.terms import Scope
from namro.api.asking import (
    Code,
    DayCursor,
    Paged,
    Size,
    UnitName,
    check_cursor_day,
    day_asked,
    page,
    unit_asked,
)
from namro.api.keys import Bearer, viewer_of
from namro.api.problems import REFUSALS
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.tasks.models import Register, Task
from namro.tasks.queries import TaskFilter, one_task, page_of
from namro.tasks.terms import STATE_GROUPS

router = Router(tags=["tasks"])
RegisterCode = Annotated[str, Query(max_length=60, alias="register")]
StateGroup = StrEnum("StateGroup", {name: name for name in STATE_GROUPS})  # type: ignore[misc]


class TaskOut(Schema):
    """A task as lists show it."""

    code: str
    title: str
    register_code: str
    lead_unit: UnitName
    due_day: date | None
    state: str
    percent: int


class Tasks(Paged):
    """A page of tasks."""

    rows: list[TaskOut]


class TaskFileOut(TaskOut):
    """One task with its five clears and its days."""

    detail: str
    result: str
    authority: str
    issued_day: date | None
    start_day: date | None
    original_due_day: date | None
    submitted_day: date | None
    done_day: date | None
    cooperating: list[UnitName]
    as_of: date


@router.get(
    "/tasks", auth=Bearer(Scope.TASKS_READ), response={200: Tasks, **REFUSALS}, url_name="api_tasks",
    summary="Nhiệm vụ trong phạm vi của khóa",
)  # fmt: skip
def tasks(
    request: HttpRequest, of_register: RegisterCode = "", state: StateGroup | None = None, unit: Code = "",
    due_from: date | None = None, due_to: date | None = None, as_of: date | None = None,
    cursor: DayCursor = "", size: Size = 50,
) -> dict[str, Any]:  # fmt: skip
    """Return the tasks that units within reach lead, in the order of the list that people see."""
    viewer, day = viewer_of(request), day_asked(as_of)
    check_cursor_day(cursor)
    above = unit_asked(viewer, unit)
    asked = TaskFilter(
        register=of_register, state=state.value if state else "", unit_id=above.pk if above else None,
        due_from=due_from, due_to=due_to, day=day,
    )  # fmt: skip
    found = page_of(viewer, asked, after=cursor, size=size)
    return page(_listed(found.tasks), found.after, found.day)


def _listed(found: list[Task]) -> list[dict[str, Any]]:
    """The rows of a page; codes of units and registers in two queries."""
    units = dict(Unit.objects.filter(pk__in={task.lead_unit_id for task in found}).values_list("pk", "code"))
    registers = dict(Register.objects.values_list("pk", "code"))
    return [
        {
            "code": task.code, "title": task.title, "register_code": registers[task.register_id],
            "lead_unit": {"code": units[task.lead_unit_id], "name": task.lead_unit.name}, "due_day": task.due_day,
            "state": task.shown_state, "percent": task.percent,  # type: ignore[attr-defined]
        }
        for task in found
    ]  # fmt: skip


@router.get(
    "/tasks/{code}", auth=Bearer(Scope.TASKS_READ), response={200: TaskFileOut, **REFUSALS}, url_name="api_task",
    summary="Một nhiệm vụ",
)  # fmt: skip
def task(request: HttpRequest, code: Path[str], as_of: date | None = None) -> dict[str, Any]:
    """Return one task with its five clears, as it stood on a day."""
    return _one(viewer_of(request), code, day_asked(as_of))


def _one(viewer: Viewer, code: str, day: date) -> dict[str, Any]:
    file = one_task(viewer, code, day) if "\x00" not in code else None
    if file is None:
        raise Http404
    found = file.task
    days = {
        name: getattr(found, name)
        for name in ("due_day", "issued_day", "start_day", "original_due_day", "submitted_day", "done_day")
    }
    words = {
        name: getattr(found, name) for name in ("code", "title", "detail", "result", "authority", "percent")
    }
    return days | words | {
        "register_code": found.register.code, "state": file.state, "as_of": day,
        "lead_unit": found.lead_unit, "cooperating": file.cooperating,
    }  # fmt: skip
