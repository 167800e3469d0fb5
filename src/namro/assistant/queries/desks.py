"""Where the communes that a question names take dossiers in: by the list of units, with the hours of their offices."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from namro.assistant.rules.places import named_in, says_only
from namro.assistant.terms import Corpus, Passage, Question, Sentence, Validity
from namro.ground.days import format_day
from namro.organisation.models import Successor, Unit
from namro.organisation.terms import COMMUNE_KINDS
from namro.queues.models import Office
from namro.queues.rules.booking import clock_of

MOST_DESKS, MOST_WORDS = 3, 8


def communes_named(question: Question) -> list[Unit]:
    """Return the communes of the day that a question names, an old one by what took its place. One query, or two."""
    begun = Unit.objects.filter(kind__in=COMMUNE_KINDS).exclude(valid_from__gt=question.day)
    held: dict[bool, list[Unit]] = {True: [], False: []}
    for unit in begun:
        held[unit.valid_to is None or unit.valid_to > question.day].append(unit)
    if current := named_in(question.words, held[True]):
        return current[:MOST_DESKS]
    named = named_in(question.words, held[False])
    lines = Successor.objects.filter(old__in=named).select_related("new").order_by("pk") if named else ()
    return list(dict.fromkeys(line.new for line in lines))[:MOST_DESKS]


def names_only_communes(question: Question) -> bool:
    """Whether a question says nothing but where somebody lives: the answer to being asked for it."""
    if len(question.words.split()) > MOST_WORDS:
        return False
    units = Unit.objects.filter(kind__in=COMMUNE_KINDS)
    return says_only(question.words, named_in(question.words, units))


def desks_of(communes: Sequence[Unit], question: Question) -> list[tuple[Sentence, Passage]]:
    """Return a sentence a commune, with the passage that carries it; three queries at most."""
    offices = {office.unit_id: office for office in Office.objects.filter(unit__in=communes)}
    passages = [_passage(unit, offices.get(unit.pk), question) for unit in communes]
    return [
        (Sentence(each.text, (each.key,), heading="" if number else _("Bộ phận một cửa nơi bạn ở"), is_item=True), each)
        for number, each in enumerate(passages)
    ]  # fmt: skip


def _passage(unit: Unit, office: Office | None, question: Question) -> Passage:
    line = title = _("Bộ phận một cửa %s") % unit.name
    if office is not None:
        hours = ", ".join(f"{clock_of(opens)} – {clock_of(closes)}" for opens, closes in office.halves)
        line = _("%(desk)s, giờ làm việc %(hours)s; đặt hẹn trước được.") % {"desk": title, "hours": hours}
    return Passage(
        key=f"{Corpus.UNITS}:{unit.code}", corpus=Corpus.UNITS, item=unit.code,
        title=title, part="", text=line, score=1.0,
        url=reverse("appointment_new", args=[unit.code]) if office else "",
        as_of=_("danh mục tại ngày %s") % format_day(question.day), validity=Validity.UNKNOWN,
    )  # fmt: skip
