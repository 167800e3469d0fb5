"""Two procedures side by side: limit, fee, papers, where; each line with the passages of both."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from namro.assistant.queries.procedures import Card
from namro.assistant.terms import Answer, AnswerKind, Sentence, Want
from namro.ground.numbers import format_number
from namro.procedures.terms import Part

COMPARED = (Want.LIMIT, Want.FEE, Want.WHERE)


def compared_cards(first: Card, second: Card) -> Answer:
    """Return what differs and what is the same of two procedures."""
    sentences: list[Sentence] = []
    for want in COMPARED:
        sentences += _lines(want, first, second)
    sentences += _papers(first, second)
    parts = (Part.METHODS, Part.AGENCY, Part.DOCUMENTS)
    passages = tuple(card.passage(part) for card in (first, second) for part in parts)
    doubts = tuple(dict.fromkeys((*first.doubts(COMPARED), *second.doubts(COMPARED))))
    return Answer(
        AnswerKind.COMPARE,
        tuple(sentences),
        passages,
        doubts=doubts,
        items=(first.row.code, second.row.code),
    )


def _lines(want: Want, first: Card, second: Card) -> list[Sentence]:
    """The sentences of both on one want, under one heading; once where they say the same."""
    told = [card.told([want], "") for card in (first, second)]
    heading, said = told[0][0].heading, ["; ".join(sentence.text for sentence in each) for each in told]
    keys = tuple(dict.fromkeys(key for each in told for sentence in each for key in sentence.passages))
    if said[0] == said[1]:
        return [Sentence(_("Cả hai: %s") % said[0], keys, heading=heading, is_item=True)]
    return [
        Sentence(
            f"{card.body['name']}: {words}",
            tuple(dict.fromkeys(key for sentence in each for key in sentence.passages)),
            heading="" if number else heading,
            is_item=True,
        )
        for number, (card, words, each) in enumerate(zip((first, second), said, told, strict=True))
    ]


def _papers(first: Card, second: Card) -> list[Sentence]:
    """How many papers each asks for; which they are stands on the page of each."""
    found = []
    for number, card in enumerate((first, second)):
        count = len(card.body["documents"])
        words = ngettext("%s giấy tờ trong danh sách", "%s giấy tờ trong danh sách", count)
        said = words % format_number(count) if count else _("nguồn không ghi thành phần hồ sơ")
        heading = "" if number else _("Giấy tờ")
        found.append(
            Sentence(
                f"{card.body['name']}: {said}",
                (card.key(Part.DOCUMENTS),),
                heading=heading,
                is_item=True,
                is_ours=True,
            )
        )
    return found
