"""Answers from the registers of tasks, under the rights of whoever asks; each number with the list behind it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from namro.assistant.rules.reading import shortened
from namro.assistant.terms import Answer, AnswerKind, Corpus, Passage, Sentence
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.ground.text import fold
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.tasks.queries import TaskFilter, find

MOST_TASKS = 5
SOON = timedelta(days=7)
_ABOUT = re.compile(r"\b(?:nhiem vu|cong viec duoc giao|viec duoc giao|dau viec|viec nao|viec gi)\b")
# Words that show which tasks are meant, the first that fits.
_STATES = (
    ("soon", re.compile(r"\b(?:sap den han|sap toi han|sap het han|trong tuan)\b")),
    ("overdue", re.compile(r"\b(?:qua han|tre han|tre|cham|cham tien do)\b")),
    ("done_on_time", re.compile(r"\b(?:xong dung han|hoan thanh dung han)\b")),
    ("done", re.compile(r"\b(?:da xong|xong|hoan thanh)\b")),
    ("open", re.compile(r"\b(?:dang lam|dang thuc hien|chua xong|con lai)\b")),
)


def task_answer(question: str, units: Sequence[Unit], viewer: Viewer, day: date) -> Answer | None:
    """Return how many tasks are meant and the first of them; None where the question is not about tasks."""
    said = fold(question)
    if not _ABOUT.search(said):
        return None
    unit = units[0] if units else None
    if unit is not None and not viewer.sees_unit(unit.pk):
        return Answer(
            AnswerKind.UNKNOWN, notice=_("Nhiệm vụ của %s không nằm trong phạm vi bạn được xem.") % unit.name
        )
    state = next((name for name, shown in _STATES if shown.search(said)), "open")
    asked = TaskFilter(state="in_time" if state == "soon" else state, unit_id=unit.pk if unit else None)
    if state == "soon":
        asked = replace(asked, due_from=day, due_to=day + SOON)
    return _told(asked, state, unit, viewer, day)


def _told(asked: TaskFilter, state: str, unit: Unit | None, viewer: Viewer, day: date) -> Answer:
    rows = find(viewer, asked)
    count, key = rows.count(), f"{Corpus.TASKS}:{state}@{unit.code if unit else ''}@{day.isoformat()}"
    who = unit.name if unit else _("Các đơn vị trong phạm vi của bạn")
    head = _("%(who)s có %(count)s nhiệm vụ %(state)s tính đến %(day)s.") % {
        "who": who,
        "count": format_number(count),
        "state": _state_words(state),
        "day": format_day(day),
    }
    shown = list(rows.order_by("due_day", "pk").values_list("code", "title", "due_day")[:MOST_TASKS])
    items = [
        Sentence(
            _("%(code)s · %(title)s (hạn %(day)s)")
            % {"code": code, "title": shortened(title, 200), "day": format_day(due)},
            (key,),
            is_item=True,
        )
        for code, title, due in shown
    ]
    passage = _passage(key, head, [item.text for item in items], _address(asked, unit))
    return Answer(AnswerKind.TASKS, (Sentence(head, (key,)), *items), (passage,))


def _state_words(state: str) -> str:
    return {
        "soon": _("đến hạn trong 7 ngày tới"),
        "overdue": _("quá hạn"),
        "done_on_time": _("xong đúng hạn"),
        "done": _("đã xong"),
        "open": _("đang làm"),
    }[state]


def _address(asked: TaskFilter, unit: Unit | None) -> str:
    said = {
        "don_vi": unit.code if unit else "",
        "trang_thai": asked.state,
        "tu": asked.due_from.isoformat() if asked.due_from else "",
        "den": asked.due_to.isoformat() if asked.due_to else "",
    }
    return f"{reverse('tasks')}?{urlencode({name: value for name, value in said.items() if value})}"


def _passage(key: str, head: str, items: Sequence[str], url: str) -> Passage:
    return Passage(
        key=key, corpus=Corpus.TASKS, item=key, title=_("Sổ nhiệm vụ"), part="", text="\n".join((head, *items)),
        score=1.0, url=url,
    )  # fmt: skip
