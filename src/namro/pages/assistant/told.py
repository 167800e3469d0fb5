"""An answer as it is shown and as the session keeps it: groups of sentences, each with the numbers of its sources."""

import time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from namro.assistant.actions import Told
from namro.assistant.rules.reading import shortened
from namro.assistant.terms import PUBLIC_CORPORA, Answer, AnswerKind, Corpus, Passage, Validity, Voice
from namro.procedures.terms import Part

MOST_EXCERPT = 240


def kept(told: Told) -> dict[str, Any]:
    """Return a turn as plain values: what was asked, what was answered, its sources and where to go from it."""
    answer = told.answer
    numbers = {passage.key: number for number, passage in enumerate(answer.passages, start=1)}
    return {
        "key": str(told.key),
        "at": int(time.time()),
        "words": told.words,
        "kind": answer.kind.value,
        "kind_label": str(AnswerKind(answer.kind).label),
        "title": _title(answer),
        "by_model": answer.voice == Voice.MODEL,
        "notice": answer.notice,
        "groups": groups(answer, numbers),
        "sources": [_source(passage, numbers[passage.key]) for passage in answer.passages],
        "doubts": list(answer.doubts),
        "asks": answer.asks,
        "choices": [
            {"label": choice.label, "item": choice.item, "question": choice.question or choice.label}
            for choice in answer.choices
        ],
        "links": _links(answer),
        "items": list(answer.items),
        "hands_over": answer.kind in (AnswerKind.UNKNOWN, AnswerKind.REFUSED),
    }


def groups(answer: Answer, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Return the sentences under their headings, each with the numbers of its sources."""
    found: list[dict[str, Any]] = []
    for sentence in answer.sentences:
        is_new = sentence.heading or not found or (found[-1]["is_list"] != sentence.is_item)
        if is_new:
            found.append({"heading": sentence.heading, "is_list": sentence.is_item, "sentences": []})
        marks = [numbers[key] for key in sentence.passages if key in numbers]
        found[-1]["sentences"].append({"text": sentence.text, "numbers": marks})
    return found


def _title(answer: Answer) -> str:
    if answer.kind == AnswerKind.PROCEDURE:
        return answer.passages[0].title
    return ""


def _source(passage: Passage, number: int) -> dict[str, Any]:
    part = Part(passage.part).label if passage.part in Part.values else ""
    standing = passage.validity if passage.corpus in PUBLIC_CORPORA else ""
    return {
        "number": number,
        "title": shortened(passage.title, 160),
        "code": passage.item if passage.corpus == Corpus.PROCEDURES else "",
        "part": str(part),
        "url": passage.url,
        "as_of": passage.as_of,
        "standing": str(Validity(standing).label) if standing else "",
        "excerpt": shortened(passage.text, MOST_EXCERPT),
    }


def _is_desk(passage: Passage) -> bool:
    """Whether a passage is of a desk at which one may book."""
    return passage.corpus == Corpus.UNITS and bool(passage.url)


def _links(answer: Answer) -> list[dict[str, str]]:
    """Where one goes from an answer about procedures: the filing, the desk, the list to print, the whole text."""
    if answer.kind == AnswerKind.CITY:
        return [{"label": _("Mở trang để làm"), "url": each.url} for each in answer.passages if each.url]
    if answer.kind != AnswerKind.PROCEDURE:
        return []
    [code] = answer.items[:1]
    return [
        {"label": _("Nộp hồ sơ"), "url": reverse("filing", args=[code])},
        *({"label": _("Đặt hẹn"), "url": each.url} for each in answer.passages if _is_desk(each)),
        {"label": _("Danh sách giấy tờ để in"), "url": reverse("procedure_checklist", args=[code])},
        {"label": _("Toàn văn thủ tục"), "url": reverse("procedure", args=[code])},
    ]
