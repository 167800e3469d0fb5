"""Answers from the registers of tasks, under the rights of whoever asks; each number with the list behind it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from namro.assistant.rules.places import names_of
from namro.assistant.rules.reading import shortened
from namro.assistant.rules.task_words import TaskReading, read_tasks
from namro.assistant.terms import Answer, AnswerKind, Corpus, Passage, Sentence
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.ground.text import fold
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.tasks.models import Directive
from namro.tasks.queries import TaskFilter, find

MOST_TASKS = 5
SOON = timedelta(days=7)


def task_answer(question: str, units: Sequence[Unit], viewer: Viewer, day: date) -> Answer | None:
    """Return how many tasks are meant and the first of them; None where the question is not about tasks."""
    unit, directive = units[0] if units else None, directive_in(question)
    named = (names_of(unit) if unit else (), directive_names(directive) if directive else ())
    reading = read_tasks(question, *named)
    if reading is None:
        return None
    if directive is not None and not reading.names_state:
        reading = replace(reading, state="")
    if unit is not None and not viewer.sees_unit(unit.pk):
        return Answer(
            AnswerKind.UNKNOWN, notice=_("Nhiệm vụ của %s không nằm trong phạm vi bạn được xem.") % unit.name
        )
    is_soon = reading.state == "soon"
    asked = TaskFilter(
        state="in_time" if is_soon else reading.state,
        unit_id=unit.pk if unit else None,
        directive_id=directive.pk if directive else None,
        words=reading.about,
        due_from=day if is_soon else None,
        due_to=day + SOON if is_soon else None,
    )
    return _told(asked, reading, unit, viewer, day, directive)


def directive_in(question: str) -> Directive | None:
    """Return the one directive that a question names by its number, with its kind or whole; one query at most."""
    said = f" {fold(question)} "
    numbers = {number.lstrip("0") for number in re.findall(r"\d+", said)} - {""}
    if not numbers:
        return None
    alike = Directive.objects.filter(number__regex=rf"^0*({'|'.join(numbers)})([^0-9]|$)")
    found = [each for each in alike if any(f" {name} " in said for name in directive_names(each))]
    return found[0] if len(found) == 1 else None


def directive_names(directive: Directive) -> tuple[str, ...]:
    """Return how a directive is named, folded: “71/NQ-CP”, “Nghị quyết 71”, “nghị quyết số 71/NQ-CP”."""
    whole, kind = fold(directive.number.partition("(")[0]), fold(directive.kind)
    short = whole.partition(" ")[0]
    numbers = dict.fromkeys((whole, whole.lstrip("0"), short, short.lstrip("0")))
    with_kind = (f"{kind} {of}{number}" for number in numbers for of in ("", "so "))
    return (*with_kind, *(number for number in numbers if " " in number))


def _told(
    asked: TaskFilter,
    reading: TaskReading,
    unit: Unit | None,
    viewer: Viewer,
    day: date,
    directive: Directive | None,
) -> Answer:
    rows = find(viewer, asked)
    of = f"{unit.code if unit else ''}@{directive.pk if directive else ''}"
    count, key = rows.count(), f"{Corpus.TASKS}:{reading.state}@{of}@{day.isoformat()}"
    who = unit.name if unit else _("Các đơn vị trong phạm vi của bạn")
    head = _("%(who)s có %(count)s nhiệm vụ %(state)s tính đến %(day)s.") % {
        "who": who,
        "count": format_number(count),
        "state": _state_words(reading, directive),
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
    return Answer(AnswerKind.TASKS, (Sentence(head, (key,)), *items), (passage,), doubts=_unregarded(reading))


def _unregarded(reading: TaskReading) -> tuple[str, ...]:
    """What is said of words of the question that the answer leaves aside: a second unit, a period, another matter."""
    if not reading.unregarded:
        return ()
    return (_("Câu trả lời chưa xét tới: “%s”. Hãy lọc thêm ở sổ nhiệm vụ.") % reading.unregarded,)


def _state_words(reading: TaskReading, directive: Directive | None) -> str:
    state = {
        "": _("được giao"),
        "soon": _("đến hạn trong 7 ngày tới"),
        "overdue": _("quá hạn"),
        "done_on_time": _("xong đúng hạn"),
        "done": _("đã xong"),
        "open": _("chưa xong"),
        "in_time": _("chưa xong, còn trong hạn"),
        "done_late": _("xong quá hạn"),
    }[reading.state]
    if reading.about:
        state = _("%(state)s về “%(matter)s”") % {"state": state, "matter": reading.about}
    return (
        _("%(state)s theo %(directive)s") % {"state": state, "directive": directive} if directive else state
    )


def _address(asked: TaskFilter, unit: Unit | None) -> str:
    said = {
        "don_vi": unit.code if unit else "",
        "trang_thai": asked.state,
        "van_ban": str(asked.directive_id or ""),
        "q": asked.words,
        "tu": asked.due_from.isoformat() if asked.due_from else "",
        "den": asked.due_to.isoformat() if asked.due_to else "",
    }
    return f"{reverse('tasks')}?{urlencode({name: value for name, value in said.items() if value})}"


def _passage(key: str, head: str, items: Sequence[str], url: str) -> Passage:
    return Passage(
        key=key, corpus=Corpus.TASKS, item=key, title=_("Sổ nhiệm vụ"), part="", text="\n".join((head, *items)),
        score=1.0, url=url,
    )  # fmt: skip
