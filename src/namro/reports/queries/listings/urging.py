"""What a letter of urging names: every task that is late with how often it was urged, every form not sent."""

from collections.abc import Iterable

from namro.alerts.queries import urged_by
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.organisation.models import Unit
from namro.reports.queries.listings.asking import Asking
from namro.reports.queries.listings.lateness import cut, days_over, link_to_task, named
from namro.reports.queries.owed import Owed
from namro.reports.queries.owed import owed_by as reports_owed_by
from namro.reports.terms import Column, Door, Link, Table, Words
from namro.sources.queries import Return, owed_by
from namro.sources.terms import ReturnState
from namro.tasks.models import Task
from namro.tasks.terms import OVERDUE_STATES

# A letter names all that it urges; beyond this it says how many it leaves out.
MOST = 300
TASK_COLUMNS = (
    Column("Mã", share=5, keeps_line=True),
    Column("Nhiệm vụ, người phụ trách", share=15, names_row=True),
    Column("Hạn", share=6, keeps_line=True),
    Column("Quá hạn", is_number=True, share=5),
    Column("Đã đôn đốc", share=6),
)
REPORT_COLUMNS = (
    Column("Báo cáo", share=12, names_row=True),
    Column("Đơn vị", share=8),
    Column("Kỳ", share=6, keeps_line=True),
    Column("Hạn gửi", share=6, keeps_line=True),
)
FORM_COLUMNS = (
    Column("Biểu", share=12, names_row=True),
    Column("Đơn vị", share=8),
    Column("Kỳ", share=6, keeps_line=True),
    Column("Hạn nộp", share=6, keeps_line=True),
)


def late_tasks(asking: Asking, of: list[str]) -> Table:
    """Return the tasks late and not done at the end of the day, the longest overdue first; at most four queries."""
    held = {
        "spans__start__lte": asking.day,
        "spans__end__gt": asking.day,
        "spans__state__in": OVERDUE_STATES,
    }
    late = named(asking, of).filter(**held).select_related("lead_person").order_by("due_then", "pk")
    shown = list(late[:MOST])
    urged = urged_by_then(shown, asking)
    rows = tuple(_task_row(task, asking, urged.get(task.code, "")) for task in shown)
    return cut(TASK_COLUMNS, rows, late, MOST)


def urged_by_then(tasks: Iterable[Task], asking: Asking) -> dict[str, str]:
    """Return how often and when last each task was urged, in words by its code; one query."""
    keys = {f"task:{task.code}": task.code for task in tasks}
    told = urged_by(keys, asking.day)
    return {
        keys[key]: f"{format_number(times)} lần, gần nhất {format_day(last)}"
        for key, (times, last) in told.items()
    }


def _task_row(task: Task, asking: Asking, urged: str) -> tuple[Words, ...]:
    who = f" ({task.lead_person})" if task.lead_person else ""
    due = task.due_then or task.due_day  # type: ignore[attr-defined]
    days = days_over(due, asking.day)
    return (
        (link_to_task(task, asking.day),), (f"{task.title}{who}",), (format_day(due),), (days,), (urged or "chưa",),
    )  # fmt: skip


def late_forms(asking: Asking, of: list[str]) -> Table:
    """Return the forms that the unit and those below it owe, are due and have not been sent; three queries."""
    units = list(Unit.objects.valid_on(asking.day).filter(pk__in=asking.paths))
    late = [owed for owed in owed_by(units, asking.day) if owed.state is ReturnState.MISSING]
    rows = tuple(_form_row(owed) for owed in late[:MOST])
    left = len(late) - len(rows)
    note = f"Còn {format_number(left)} biểu khác, xem danh sách đầy đủ trên hệ thống." if left else ""
    return Table("", FORM_COLUMNS, rows, note, whole=len(late))


def _form_row(owed: Return) -> tuple[Words, ...]:
    door = Door("form", (owed.form.code, owed.period.key, owed.unit.code))
    return (
        (Link(owed.form.title, door),), (owed.unit.name,), (owed.period.label,), (format_day(owed.due),),
    )  # fmt: skip


def late_reports(asking: Asking, of: list[str]) -> Table:
    """Return the periodic reports that the unit and those below it owe, due and not sent; three queries."""
    units = list(Unit.objects.valid_on(asking.day).filter(pk__in=asking.paths))
    late = [owed for owed in reports_owed_by(units, asking.day) if owed.state is ReturnState.MISSING]
    rows = tuple(_report_row(owed) for owed in late[:MOST])
    left = len(late) - len(rows)
    note = f"Còn {format_number(left)} báo cáo khác, xem danh sách đầy đủ trên hệ thống." if left else ""
    return Table("", REPORT_COLUMNS, rows, note, whole=len(late))


def _report_row(owed: Owed) -> tuple[Words, ...]:
    door = Door("report_owed", (owed.template.code, owed.period.key, owed.unit.code))
    return (
        (Link(owed.template.name, door),), (owed.unit.name,), (owed.period.label,), (format_day(owed.due),),
    )  # fmt: skip
