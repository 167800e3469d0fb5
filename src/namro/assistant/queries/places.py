"""Where an old ward, commune, district or province went, and of which old ones one was made: by the list of units."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from namro.assistant.rules.places import asks_what_it_was_made_of, asks_where_it_went, named_in
from namro.assistant.terms import Answer, AnswerKind, Corpus, Passage, Question, Sentence, Validity
from namro.ground.days import format_day
from namro.organisation.models import Successor, Unit
from namro.organisation.queries import predecessors_of
from namro.organisation.terms import COMMUNE_KINDS, Part, UnitKind

MOST_UNITS = 3


def place_answer(question: Question) -> Answer | None:
    """Return what became of the units that a question names; None where it asks for nothing of the kind."""
    words = question.words
    if asks_what_it_was_made_of(words):
        current = Unit.objects.valid_on(question.day).filter(kind__in=COMMUNE_KINDS)
        return _told([_made_of(unit) for unit in _named(words, current)], question)
    if asks_where_it_went(words):
        ended = Unit.objects.filter(valid_to__lte=question.day).select_related("parent")
        return _told([_went(unit) for unit in _named(words, ended)], question)
    return None


def _named(words: str, units: Iterable[Unit]) -> Sequence[Unit]:
    return named_in(words, units)[:MOST_UNITS]


def _told(found: Sequence[tuple[Unit, list[str]]], question: Question) -> Answer | None:
    """The lines of each unit, each on a passage of its own; None where no unit has any."""
    told = [(unit, lines) for unit, lines in found if lines]
    if not told:
        return None
    passages = tuple(_passage(unit, lines, question) for unit, lines in told)
    sentences = tuple(
        Sentence(line, (passage.key,), is_item=number > 0)
        for (_unit, lines), passage in zip(told, passages, strict=True)
        for number, line in enumerate(lines)
    )
    return Answer(AnswerKind.UNIT, sentences, passages, items=tuple(passage.item for passage in passages))


def _went(unit: Unit) -> tuple[Unit, list[str]]:
    """An ended unit and where it, or what lay in it, went."""
    lines = Successor.objects.select_related("new").order_by("new__sort_key")
    own = list(lines.filter(old=unit))
    if not own:
        within = lines.filter(old__path__startswith=unit.path)
        names = dict.fromkeys(line.new.name for line in within)
        return unit, [_ended(unit), *names] if names else []
    head = _("%(unit)s từ ngày %(day)s nhập vào %(new)s.")
    parted = _("%(unit)s từ ngày %(day)s có một phần nhập vào %(new)s.")
    return unit, [
        (parted if line.part == Part.PART else head)
        % {"unit": _old(unit), "day": format_day(line.day), "new": line.new.name}
        for line in own
    ]


def _ended(unit: Unit) -> str:
    said = {"unit": unit.name, "day": format_day(unit.valid_to) if unit.valid_to else ""}
    return _("%(unit)s kết thúc hoạt động từ ngày %(day)s; địa bàn nay thuộc:") % said


def _old(unit: Unit) -> str:
    """An ended unit by its name and its district, for names stand twice."""
    if unit.parent is None or unit.parent.kind != UnitKind.DISTRICT:
        return unit.name
    return _("%(unit)s (%(district)s cũ)") % {"unit": unit.name, "district": unit.parent.name}


def _made_of(unit: Unit) -> tuple[Unit, list[str]]:
    """A unit and the old ones of which it was made."""
    before = list(predecessors_of(unit))
    if not before:
        return unit, []
    head = _("%(unit)s được lập từ ngày %(day)s trên địa bàn của:")
    parts = (
        _("một phần của %s") % _old(line.old) if line.part == Part.PART else _old(line.old) for line in before
    )
    return unit, [head % {"unit": unit.name, "day": format_day(before[0].day)}, *parts]


def _passage(unit: Unit, lines: Sequence[str], question: Question) -> Passage:
    """The lines of a unit; the page of the list is open to officers."""
    is_open = question.viewer is not None and unit.valid_to is None
    return Passage(
        key=f"{Corpus.UNITS}:{unit.code}", corpus=Corpus.UNITS, item=unit.code,
        title=_("Danh mục đơn vị hành chính: %s") % unit.name, part="", text="\n".join(lines), score=1.0,
        url=reverse("unit", args=[unit.code]) if is_open else "", as_of=_since(unit, question.day),
        validity=Validity.UNKNOWN,
    )  # fmt: skip


def _since(unit: Unit, day: date) -> str:
    return _("danh mục tại ngày %s") % format_day(unit.valid_to or day)
