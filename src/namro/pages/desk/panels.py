"""What the desk is composed of: the worst three things first, then each list with its door."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from namro.alerts.queries import unanswered
from namro.ground import clock
from namro.ground.days import format_day
from namro.ground.numbers import format_number, format_percent
from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer
from namro.pages.alerts.tile import taken_by
from namro.pages.home.worst import Item, choose
from namro.pages.links import address
from namro.pages.naming import named, period_words
from namro.pages.tasks.rows import time_left
from namro.sources.queries import Return, due_forms
from namro.sources.terms import ReturnState
from namro.tasks.models import Extension, Task
from namro.tasks.queries import Desk, TaskFilter, count_up_to
from namro.tasks.queries.desk import MOST, SHOWN
from namro.tasks.queries.headline import headline

WORST = 3
SOON = 7


@dataclass(frozen=True)
class Pile:
    """One list on the desk, how many things it holds, and the door to all of them."""

    title: str
    items: Sequence[Item]
    count: int
    href: str = ""
    is_cut: bool = False


def worst(desk: Desk, day: date) -> list[Item]:
    """The three things that press most, one of each kind in turn: own work late or due soon, decisions others wait for,
    work to take on, what is late under the person. None where the desk holds hardly more than these."""
    pressing = [task for task in desk.owed if time_left(task, day)[1] in ("over", "risk")]
    kinds = (
        [_owed(task, day) for task in pressing],
        [_request(row) for row in desk.to_decide],
        [_result(task, day) for task in desk.to_judge],
        [_given(task) for task in desk.to_accept],
        [_late(task, day) for task in late_of_others(desk)],
    )
    held = len(desk.owed) + desk.waiting + len(late_of_others(desk))
    return choose(*kinds, most=WORST) if held > WORST else []


def late_of_others(desk: Desk) -> list[Task]:
    """What is late under the person and not the person's own: that stands among what they hold."""
    return [task for task in desk.late_under_me if task.lead_person_id != desk.person_id]


def count_late(viewer: Viewer, desk: Desk) -> int:
    """How many tasks are late under the viewer: the rows behind the door, also beyond those the desk holds."""
    if not late_of_others(desk):
        return 0
    return headline(viewer, TaskFilter(unit_id=_where(viewer).pk)).counts.overdue


@dataclass(frozen=True)
class Owed:
    """How many open tasks the person is in charge of, and how many of them are overdue."""

    open: int
    overdue: int


def count_owed(viewer: Viewer, desk: Desk) -> Owed:
    """What the person owes, also beyond the tasks that the desk holds."""
    if len(desk.owed) < SHOWN:
        late = (task for task in desk.owed if task.late_from is not None and task.late_from <= clock.today())
        return Owed(len(desk.owed), sum(1 for _task in late))
    mine = TaskFilter(person_id=viewer.person_id, involvement="")
    return Owed(*(count_up_to(viewer, replace(mine, state=state)) for state in ("open", "overdue")))


def piles(
    viewer: Viewer, desk: Desk, day: date, *, owed: Owed, late: int, urges: Sequence[Item] = ()
) -> list[Pile]:
    """The lists that hold something, in the order in which a day is worked."""
    mine = address("tasks", nguoi=viewer.person_id, trang_thai="open", vai_tro="any")
    where = _where(viewer)
    late_all = address("tasks", trang_thai="overdue", don_vi=where.code)
    found = [
        _pile(_("Đôn đốc chờ bạn trả lời"), urges),
        _pile(_("Cảnh báo về việc của bạn"), taken_by(viewer, SHOWN), address("alerts", cua_toi="1", xem="tat-ca")),
        _pile(_("Chờ bạn quyết định gia hạn"), map(_request, desk.to_decide)),
        _pile(_("Chờ bạn công nhận kết quả"), (_result(task, day) for task in desk.to_judge), _waiting_door(where)),
        _pile(_("Chờ đơn vị bạn tiếp nhận"), map(_given, desk.to_accept)),
        _pile(_("Việc bạn giữ"), (_owed(task, day) for task in desk.owed), mine, owed.open),
        _pile(
            _("Quá hạn trong thành phố") if viewer.can(Capability.READ_ALL) else _("Quá hạn ở đơn vị bạn"),
            _late_under(desk.late_under_me if late else [], day), late_all, late,
        ),
    ]  # fmt: skip
    return [pile for pile in found if pile.items]


def _pile(title: str, items: Iterable[Item], href: str = "", count: int | None = None) -> Pile:
    held = list(items)
    if count is None:
        return Pile(title, held[:SHOWN], len(held), href, is_cut=len(held) >= MOST)
    return Pile(title, held[:SHOWN], count, href)


def _waiting_door(where: Unit) -> str:
    return address("tasks", trang_thai="waiting", don_vi=where.code)


def _where(viewer: Viewer) -> Unit:
    """The unit whose lateness the viewer answers for: the city for those who read everything."""
    return Unit.objects.get(pk=viewer.city_id if viewer.can(Capability.READ_ALL) else viewer.home_unit_id)


def _owed(task: Task, day: date) -> Item:
    words, tone = time_left(task, day)
    percent = _("tiến độ %(n)s") % {"n": format_percent(task.percent, 0)}
    return Item(
        tone or "none", _capital(words), task.title, _door(task), f"{task.lead_unit.label} · {percent}"
    )


def _given(task: Task) -> Item:
    whose = _("%(register)s · hạn %(day)s") % {
        "register": task.register.short_name,
        "day": format_day(task.due_day),
    }
    return Item("wait", _("Chờ tiếp nhận"), task.title, _door(task), whose)


def _result(task: Task, day: date) -> Item:
    whose = _("%(unit)s · nộp %(day)s") % {
        "unit": task.lead_unit.label,
        "day": format_day(task.submitted_day or day),
    }
    return Item("wait", _("Chờ công nhận"), task.title, _door(task), whose)


def _request(row: Extension) -> Item:
    why = _("Xin gia hạn đến %(day)s") % {"day": format_day(row.due_after)}
    return Item("wait", why, row.task.title, _door(row.task), f"{row.task.lead_unit.label} · {row.reason}")


def _late_under(tasks: Sequence[Task], day: date) -> list[Item]:
    """What is late under the person, with how often each was urged in vain; one query."""
    urged_in_vain = unanswered(f"task:{task.code}" for task in tasks) if tasks else {}
    return [_late(task, day, urged_in_vain.get(f"task:{task.code}", 0)) for task in tasks]


def _late(task: Task, day: date, urged_in_vain: int = 0) -> Item:
    words, tone = time_left(task, day)
    who = f" · {task.lead_person}" if task.lead_person else ""
    template = ngettext(
        " · đôn đốc %(n)s lần chưa trả lời", " · đôn đốc %(n)s lần chưa trả lời", urged_in_vain
    )
    vain = template % {"n": format_number(urged_in_vain)} if urged_in_vain else ""
    return Item(
        tone or "over", _capital(words), task.title, _door(task), f"{task.lead_unit.label}{who}{vain}"
    )


def _door(task: Task) -> str:
    return address("task", task.code)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def forms_due(viewer: Viewer, day: date) -> list[dict[str, Any]]:
    """Forms that the viewer's units owe and have not sent."""
    if not viewer.can(Capability.FILL_FORMS):
        return []
    owed = [each for each in due_forms(viewer, day) if each.first_sent is None]
    return [_form(each, day) for each in owed[:SHOWN]]


def _form(owed: Return, day: date) -> dict[str, Any]:
    late = owed.state is ReturnState.MISSING
    try:
        href = address("form", owed.form.code, owed.period.key, owed.unit.code)
    except NoReverseMatch:
        href = ""
    why = _("Quá hạn nộp từ %(day)s") if late else _("Hạn nộp %(day)s")
    soon = (owed.due - day).days <= SOON
    return {
        "tone": "over" if late else "risk" if soon else "none",
        "why": why % {"day": format_day(owed.due)},
        "what": f"{named(owed.form)}, {period_words(owed.period)}",
        "href": href,
        "whose": owed.unit.label,
    }
