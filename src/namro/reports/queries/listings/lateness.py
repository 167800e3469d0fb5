"""Tasks overdue on the day, and due dates moved by it with by whose leave."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.reports.queries.listings.asking import Asking
from namro.reports.terms import Column, Door, Link, Table, Words
from namro.tasks.models import Extension, Moment, Task
from namro.tasks.terms import OVERDUE_STATES, ExtensionStatus, Mark

MOST = 30
OVERDUE_COLUMNS = (
    Column("Mã", share=5, keeps_line=True),
    Column("Nhiệm vụ", share=14, names_row=True),
    Column("Chủ trì", share=10),
    Column("Hạn", share=7, keeps_line=True),
    Column("Quá hạn", is_number=True, share=5),
)
EXTENSION_COLUMNS = (
    Column("Mã", share=5, keeps_line=True),
    Column("Nhiệm vụ, đơn vị chủ trì", share=12, names_row=True),
    Column("Hạn cũ", share=7, keeps_line=True),
    Column("Hạn mới", share=7, keeps_line=True),
    Column("Người cho phép", share=12),
)


def overdue(asking: Asking, of: list[str]) -> Table:
    """Return the tasks late and not done at the end of the day, the longest overdue first; at most three queries."""
    held = {
        "spans__start__lte": asking.day,
        "spans__end__gt": asking.day,
        "spans__state__in": OVERDUE_STATES,
    }
    tasks = named(asking, of).filter(**held).order_by("due_then", "pk")
    rows = tuple(_overdue_row(task, asking.day) for task in tasks[:MOST])
    return cut(OVERDUE_COLUMNS, rows, tasks, MOST)


def extensions(asking: Asking, of: list[str]) -> Table:
    """Return the due dates moved by the day, the last first, who granted it and on which document; three queries."""
    granted = Extension.objects.filter(status=ExtensionStatus.GRANTED, decided_day__lte=asking.day)
    rows = granted.filter(task__in=named(asking, of).values("pk")).select_related("task__lead_unit")
    shown = rows.order_by("-decided_day", "pk")[:MOST]
    return cut(EXTENSION_COLUMNS, tuple(_extension_row(row, asking.day) for row in shown), rows, MOST)


def named(asking: Asking, of: Iterable[str]) -> QuerySet[Any, Any]:
    """Return the tasks of the registers led within the unit that may be named, with the due date of the day."""
    set_by_then = Moment.objects.filter(task=OuterRef("pk"), due_day__isnull=False, day__lte=asking.day)
    due = Subquery(set_by_then.order_by("-day", "-pk").values("due_day")[:1])
    rows = Task.objects.filter(register__code__in=list(of), lead_unit_id__in=asking.paths, mark=Mark.NORMAL)
    return rows.annotate(due_then=due).select_related("lead_unit").defer("words", "folded", "detail")


def _overdue_row(task: Any, day: date) -> tuple[Words, ...]:
    due: date = task.due_then or task.due_day
    days = days_over(due, day)
    return ((link_to_task(task, day),), (task.title,), (task.lead_unit.name,), (format_day(due),), (days,))


def days_over(due: date, day: date) -> str:
    """Return how long ago something was due: '6 ngày'."""
    return f"{format_number((day - due).days)} ngày"


def _extension_row(extension: Extension, day: date) -> tuple[Words, ...]:
    task = extension.task
    return (
        (link_to_task(task, day),),
        (f"{task.title} ({task.lead_unit.name})",),
        (format_day(extension.due_before),),
        (format_day(extension.due_after),),
        (f"{extension.granted_by}; {extension.document}",),
    )


def link_to_task(task: Task, day: date) -> Link:
    """Return the code of a task as the way to its page, read as of the day."""
    return Link(task.code, Door("task", (task.code,), (("ngay", day.isoformat()),)))


def cut(
    columns: tuple[Column, ...], rows: tuple[tuple[Words, ...], ...], every: QuerySet[Any, Any], most: int
) -> Table:
    """Return a table that says how many rows it leaves out; the whole is counted only where some are."""
    whole = every.count() if len(rows) == most else len(rows)
    left = whole - len(rows)
    note = f"Còn {format_number(left)} việc khác, xem danh sách đầy đủ trên hệ thống." if left else ""
    return Table("", columns, rows, note, whole=whole)
