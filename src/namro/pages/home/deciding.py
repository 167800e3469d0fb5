"""What needs a decision today: overdue work, requests for more time, results handed in, numbers that do not add up."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.organisation.terms import Viewer
from namro.pages.asof import AsOf
from namro.pages.home.worst import Item, choose
from namro.pages.links import address
from namro.sources.models import Finding
from namro.sources.queries import visible_findings
from namro.sources.terms import CheckKind
from namro.tasks.models import Extension, Task
from namro.tasks.queries import TaskFilter, find, longest_overdue
from namro.tasks.queries.desk import to_decide, to_judge
from namro.tasks.rules import days_late

MOST = 6


def things_to_decide(viewer: Viewer, as_of: AsOf, unit_id: int) -> list[Item]:
    """Return the worst things of a unit and those below it; on a past day only what is known of that day."""
    late = overdue(viewer, as_of, unit_id)
    doubtful = findings(viewer, as_of)
    if as_of.is_past:
        return choose(late, doubtful, most=MOST)
    return choose(late, _asked(viewer), _handed_in(viewer), doubtful, most=MOST)


def overdue(viewer: Viewer, as_of: AsOf, unit_id: int, most: int = MOST) -> list[Item]:
    """Return the tasks longest overdue on the day, of a unit and those below it."""
    asked = TaskFilter(state="overdue", unit_id=unit_id, day=as_of.day)
    if as_of.is_past:
        rows = longest_overdue(viewer, asked, most)
    else:
        rows = find(viewer, asked).order_by("late_from", "pk")[:most]
    rows = rows.select_related("lead_unit").defer("words", "folded", "detail")
    return [_late(task, as_of) for task in rows]


def _late(task: Task, as_of: AsOf) -> Item:
    days = 0 if as_of.is_past else days_late(task.late_from, as_of.day)
    why = _overdue_by(days) if days else _("Quá hạn")
    whose = [task.lead_unit.name]
    if task.authority:
        whose.append(_("thẩm quyền: %(who)s") % {"who": task.authority})
    return Item("over", why, task.title, address("task", task.code, **as_of.query), " · ".join(whose))


def _overdue_by(days: int) -> str:
    return ngettext("Quá hạn %(days)s ngày", "Quá hạn %(days)s ngày", days) % {"days": format_number(days)}


def _asked(viewer: Viewer) -> list[Item]:
    return [_extension(row) for row in to_decide(viewer)[:MOST]]


def _extension(row: Extension) -> Item:
    days = (row.due_after - row.due_before).days
    template = ngettext(
        "%(unit)s đề nghị gia hạn %(days)s ngày: %(task)s",
        "%(unit)s đề nghị gia hạn %(days)s ngày: %(task)s",
        days,
    )
    what = template % {"unit": row.task.lead_unit.name, "days": format_number(days), "task": row.task.title}
    whose = _("Đến %(day)s · lý do: %(reason)s") % {"day": format_day(row.due_after), "reason": row.reason}
    return Item("wait", _("Chờ quyết định gia hạn"), what, address("task", row.task.code), whose)


def _handed_in(viewer: Viewer) -> list[Item]:
    rows = to_judge(viewer).select_related("lead_unit").defer("words", "folded", "detail")
    return [
        Item("wait", _("Chờ công nhận kết quả"), task.title, address("task", task.code), _handed_in_by(task))
        for task in rows[:MOST]
    ]


def _handed_in_by(task: Task) -> str:
    if task.submitted_day is None:
        return task.lead_unit.name
    return _("%(unit)s · nộp ngày %(day)s") % {
        "unit": task.lead_unit.name, "day": format_day(task.submitted_day)
    }  # fmt: skip


def findings(viewer: Viewer, as_of: AsOf) -> list[Item]:
    """Return what does not add up in what was sent, the newest first."""
    rows = visible_findings(viewer, as_of.day).order_by("-opened_day", "pk")
    return [_finding(row) for row in rows[:MOST]]


def _finding(row: Finding) -> Item:
    template = _("Tỷ lệ lệch %(n)s điểm") if row.kind == CheckKind.RATE_FOLLOWS else _("Số liệu lệch %(n)s")
    why = template % {"n": format_number(abs(row.difference))}
    href = address("form", row.form, row.period, row.unit.code)
    return Item("finding", why, row.text, href, row.unit.name)
