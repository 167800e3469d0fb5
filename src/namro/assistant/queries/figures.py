"""Answers from figures: the value with its unit, period, day and definition, never a number of the assistant's own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from namro.assistant.rules.periods import period_in
from namro.assistant.rules.reading import strong
from namro.assistant.terms import Answer, AnswerKind, Choice, Corpus, Passage, Sentence
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.ground.period import Period
from namro.ground.text import fold
from namro.indicators.queries import figures_by_breakdown
from namro.indicators.queries.definitions import definitions
from namro.indicators.terms import FigureRow, IndicatorDef
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.sources.queries import forms

ENOUGH, CLOSE, MOST_CHOICES = 0.6, 0.85, 4
MOST_PARTS = 6
_ABOUT = re.compile(
    r"\b(?:ty le|ti le|so luong|bao nhieu|chi so|chi tieu|muc do|diem|so lieu|phan tram|may)\b"
)
_NOT_OF_A_NAME = frozenset("bao nhieu quy thang nam phuong xa so lieu ngay hom dau cuoi".split())


def figure_answer(question: str, units: Sequence[Unit], viewer: Viewer, day: date) -> Answer | None:
    """Return the figure that is asked for, or which of several; None where the question names no indicator."""
    if not _ABOUT.search(fold(question)):
        return None
    ranked = _ranked(question, units)
    if not ranked or ranked[0][0] < ENOUGH:
        return None
    near = [each for points, each in ranked if points >= CLOSE * ranked[0][0]][:MOST_CHOICES]
    if len(near) > 1 and ranked[0][0] < 1:
        return _which(near, units, question, day)
    return _told(near[0], units, viewer, period_in(question, day), question, day)


def _ranked(question: str, units: Sequence[Unit]) -> list[tuple[float, IndicatorDef]]:
    """Indicators by how much of their names stands in the question, the best first; one query."""
    said = set(strong(question.replace("tỉ", "tỷ"))) | (
        {"ty"} if " ti le " in f" {fold(question)} " else set()
    )
    places = {each for unit in units for each in strong(unit.name)}
    points = [(_points(set(strong(each.name)), said, places), each) for each in definitions()]
    return sorted(points, key=lambda each: (-each[0], len(each[1].name), each[1].code))


def _points(name: set[str], said: set[str], places: set[str]) -> float:
    """The share of the name that is said and of what is said that is the name, without the words of unit and period."""
    asked = {each for each in said if not each.isdigit()} - (places - name) - _NOT_OF_A_NAME
    if not name or not asked:
        return 0.0
    shared = len(name & asked)
    return 2 * shared / (len(name) + len(asked)) if shared > 1 else 0.0


def _which(near: Sequence[IndicatorDef], units: Sequence[Unit], question: str, day: date) -> Answer:
    of = f" {units[0].name}" if units else ""
    period = period_in(question, day)
    choices = tuple(
        Choice(
            each.name,
            question=" ".join(filter(None, (each.name, of.strip(), period.label if period else ""))),
        )
        for each in near
    )
    return Answer(AnswerKind.CLARIFY, notice=_("Bạn hỏi chỉ tiêu nào?"), choices=choices)


def _told(
    definition: IndicatorDef,
    units: Sequence[Unit],
    viewer: Viewer,
    period: Period | None,
    question: str,
    day: date,
) -> Answer:
    unit = units[0] if units else Unit.objects.get(pk=viewer.city_id)
    found = _rows(definition, unit, period, day)
    labels = _labels(definition, found)
    rows = _shown(found, labels, question)
    lines = [_words(definition, unit, row, labels) for row in rows[:MOST_PARTS]]
    lines = lines or [_nothing(definition, unit, period)]
    key = f"{Corpus.FIGURES}:{definition.code}@{unit.code}@{rows[0].period if rows else period.key if period else ''}"
    passage = Passage(
        key=key, corpus=Corpus.FIGURES, item=definition.code, title=definition.name, part="", text="\n".join(lines),
        score=1.0, url=f"{reverse('indicator', args=[definition.code])}?{urlencode({'don_vi': unit.code})}",
        as_of=format_day(max(row.as_of for row in rows)) if rows else "",
    )  # fmt: skip
    sentences = tuple(Sentence(line, (key,), is_item=len(lines) > 1) for line in lines)
    return Answer(AnswerKind.FIGURE, sentences, (passage,), doubts=tuple(_doubts(rows)))


def _rows(definition: IndicatorDef, unit: Unit, period: Period | None, day: date) -> list[FigureRow]:
    """The figures that have a value, in each breakdown; one query.

    What is counted by the day stands for a quarter as it stood when that ended, or stands in it today.
    """
    if period is None or period.kind in definition.periods:
        found = figures_by_breakdown(definition.code, unit.code, day, period=period)
    else:
        by_day = figures_by_breakdown(definition.code, unit.code, min(period.end, day))
        found = [row for row in by_day if Period.parse(row.period).start >= period.start]
    return [row for row in found if row.value is not None]


def _labels(definition: IndicatorDef, rows: Sequence[FigureRow]) -> Mapping[str, str]:
    """The words of the breakdowns: those of the definition, else the titles of the forms; one query at most."""
    if definition.breakdowns or not any(row.breakdown for row in rows):
        return definition.breakdowns
    return {form.code: form.title for form in forms()}


def _shown(rows: Sequence[FigureRow], labels: Mapping[str, str], question: str) -> list[FigureRow]:
    """Those of the breakdowns that are named, else the whole; where no whole is counted, all of them."""
    said = f" {fold(question)} "
    named = [row for row in rows if f" {fold(labels.get(row.breakdown, '-'))} " in said]
    return named or [row for row in rows if not row.breakdown] or list(rows)


def _doubts(rows: Sequence[FigureRow]) -> Iterator[str]:
    if any(row.synthetic for row in rows):
        yield _("Số liệu mô phỏng.")
    if len(rows) > MOST_PARTS:
        yield _("Chỉ tiêu này còn %s phần nữa ở trang của nó.") % format_number(len(rows) - MOST_PARTS)


def _nothing(definition: IndicatorDef, unit: Unit, period: Period | None) -> str:
    when = period.label if period else _("kỳ gần nhất")
    said = {"name": definition.name, "unit": unit.name, "period": when}
    return _("%(name)s của %(unit)s, %(period)s: chưa có số liệu.") % said


def _words(definition: IndicatorDef, unit: Unit, row: FigureRow, labels: Mapping[str, str]) -> str:
    part = labels.get(row.breakdown, row.breakdown)
    said = {
        "name": f"{definition.name} ({part})" if part else definition.name,
        "unit": unit.name,
        "period": Period.parse(row.period).label,
        "value": row.text(definition),
        "parts": _parts(row),
        "day": format_day(row.as_of),
    }
    return _("%(name)s của %(unit)s, %(period)s: %(value)s%(parts)s, số liệu đến %(day)s.") % said


def _parts(row: FigureRow) -> str:
    if row.numerator is None or not row.denominator:
        return ""
    return f" ({format_number(row.numerator)}/{format_number(row.denominator)})"
