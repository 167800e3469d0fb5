"""Rows of a list of tasks, as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from namro.ground.numbers import format_number
from namro.pages.asof import AsOf
from namro.pages.links import address
from namro.tasks.models import Task
from namro.tasks.rules import days_late, days_left
from namro.tasks.terms import Stage

SOON = 7


@dataclass(frozen=True)
class Row:
    """A task in a list: where it opens, its state, and how long it still has or has been late."""

    task: Task
    href: str
    state: str
    when: str
    tone: str
    since: date | None = None


def rows_of(tasks: Iterable[Task], day: AsOf) -> list[Row]:
    """The rows of a page of tasks, whose `shown_state` the query has set."""
    return [_row(task, day) for task in tasks]


def _row(task: Task, day: AsOf) -> Row:
    href = address("task", task.code, **day.query)
    state = task.shown_state  # type: ignore[attr-defined]
    if day.is_past:
        return Row(task, href, state, "", "", task.since)  # type: ignore[attr-defined]
    when, tone = time_left(task, day.day)
    return Row(task, href, state, when, tone)


def time_left(task: Task, day: date) -> tuple[str, str]:
    """How long a task still has or has been late, in words, with the tone; nothing when the clock does not run."""
    if task.stage == Stage.SUBMITTED and task.late_from is None:
        return _("đã nộp, chờ công nhận"), "wait"
    late, left = days_late(task.late_from, day), days_left(task.late_from, day)
    if late:
        words = ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", late)
        return words % {"n": format_number(late)}, "over"
    if left is None:
        return "", ""
    if left == 0:
        return _("hôm nay là ngày cuối"), "risk"
    words = ngettext("còn %(n)s ngày", "còn %(n)s ngày", left) % {"n": format_number(left)}
    return words, "risk" if left <= SOON else ""
