"""What the city itself says: the texts that were found, as they hold on a day, and answers in their very words."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from namro.assistant.models import CityText
from namro.assistant.terms import Answer, AnswerKind, CityKind, Corpus, Passage, Sentence, Validity
from namro.ground.days import format_day

if TYPE_CHECKING:
    from namro.assistant.formulas.ranking import Hit


# Of less chance nothing is made; most questions ask the city itself nothing, and need not ask its table.
LEAST = 0.1


def city_texts_of(hits: Sequence["Hit"], day: date) -> list[Passage]:
    """The texts that had not ended by the day, each once, by the way of asking that fits best; at most one query."""
    chances: dict[str, float] = {}
    for hit in hits:
        if hit.chance >= LEAST:
            chances.setdefault(code_of(hit.key), hit.chance)
    if not chances:
        return []
    named = {row.code: row for row in CityText.objects.filter(code__in=chances)}
    found = [_passage(named[code], day, chance) for code, chance in chances.items() if code in named]
    return [each for each in found if each.validity is not Validity.ENDED]


def city_answer(code: str, day: date) -> Answer | None:
    """Answer with a text as it stands on a day; None where there is none, or it has ended. One query."""
    row = CityText.objects.filter(code=code).first()
    passage = _passage(row, day, 1.0) if row is not None else None
    if row is None or passage is None or passage.validity is Validity.ENDED:
        return None
    lines = [line.strip() for line in row.words.splitlines() if line.strip()]
    quoted = [f"“{line}”" for line in lines] if row.kind == CityKind.DIRECTIVE else lines
    sentences = tuple(
        Sentence(line, (passage.key,), heading="" if number else passage.title, is_item=len(lines) > 1)
        for number, line in enumerate(quoted)
    )
    return Answer(
        AnswerKind.CITY, sentences, (passage,), doubts=tuple(_doubts(row, passage, day)), items=(row.code,)
    )


def keys_of(row: CityText) -> list[str]:
    """What its ways of asking are called in the index: each is found by itself."""
    return [f"{row.code}/{number}" for number, _ask in enumerate(row.asks)]


def code_of(key: str) -> str:
    """The text whose way of asking has this key."""
    return key.rpartition("/")[0]


def _passage(row: CityText, day: date, chance: float) -> Passage:
    return Passage(
        key=f"{Corpus.CITY}:{row.code}", corpus=Corpus.CITY, item=row.code, title=row.asks[0], part="",
        text=row.words, score=chance, url=reverse(row.page) if row.page else "", as_of=row.source,
        valid_from=row.valid_from, valid_to=row.valid_to, validity=_validity(row, day),
    )  # fmt: skip


def _validity(row: CityText, day: date) -> Validity:
    if row.valid_to is not None and row.valid_to <= day:
        return Validity.ENDED
    if row.valid_from is None:
        return Validity.UNKNOWN
    return Validity.COMING if row.valid_from > day else Validity.IN_FORCE


def _doubts(row: CityText, passage: Passage, day: date) -> Iterator[str]:
    """What must be said of it: that it holds only later, or that nobody looked at it since it should have been."""
    if passage.validity is Validity.COMING and row.valid_from is not None:
        yield _("Nội dung này chỉ có hiệu lực từ ngày %s.") % format_day(row.valid_from)
    if row.next_review < day:
        yield _("Câu trả lời này đáng lẽ được rà soát lại trước ngày %s; hãy đối chiếu nguồn.") % format_day(
            row.next_review
        )
