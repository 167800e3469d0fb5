"""What an article answers: its own words, the clauses that were asked about, and whether it is in force."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from namro.assistant.models import LawDocument
from namro.assistant.rules.reading import clauses_for, shortened
from namro.assistant.terms import Passage, Sentence, Validity
from namro.ground.days import format_day

WHOLE_UP_TO, MOST_CLAUSES, MOST_LETTERS = 900, 3, 700


def quoted(question: str, passage: Passage) -> list[Sentence]:
    """Return the article's own words that answer: all of a short one, of a long one the nearest clauses."""
    if len(passage.text) <= WHOLE_UP_TO:
        clauses = [clause for clause in passage.text.split("\n") if clause.strip()]
    else:
        clauses = clauses_for(question, passage.text, MOST_CLAUSES)
    return [
        Sentence(
            f"“{shortened(clause, MOST_LETTERS)}”",
            (passage.key,),
            heading="" if number else passage.title,
            is_item=len(clauses) > 1,
        )
        for number, clause in enumerate(clauses)
    ]


def doubts_about(passage: Passage) -> tuple[str, ...]:
    """Return what must be said of the article's standing."""
    told = {
        Validity.UNKNOWN: _unknown(passage),
        Validity.AMENDED: _("Điều này đã được sửa đổi, bổ sung: %s.")
        % (passage.amended_by or _("nguồn không ghi rõ")),
        Validity.COMING: _("Văn bản này chưa có hiệu lực."),
        Validity.ENDED: _("Văn bản này đã hết hiệu lực."),
    }
    found = told.get(passage.validity)
    return (found,) if found else ()


def _unknown(passage: Passage) -> str:
    """Why the standing of an article is not known."""
    if passage.valid_from is None:
        return _("Nguồn không ghi tình trạng hiệu lực; hãy đối chiếu văn bản hiện hành.")
    if passage.amended_by:
        return _("Lời này có thể đã gồm nội dung chỉ có hiệu lực về sau: %s.") % passage.amended_by
    return _(
        "Đây là bản khi ban hành, chưa hợp nhất, có thể đã được sửa đổi; hãy đối chiếu văn bản hiện hành."
    )


def doubts_about_bases(ended: Sequence[LawDocument]) -> tuple[str, ...]:
    """Return what must be said of a procedure that names documents which have ended."""
    return tuple(_("Căn cứ đã hết hiệu lực: %s.") % _ending(each) for each in ended)


def _ending(document: LawDocument) -> str:
    said = {
        "number": document.number,
        "day": format_day(document.valid_to) if document.valid_to else "",
        "other": document.ended_by,
    }
    if document.ended_by:
        return _("%(number)s từ ngày %(day)s, thay bằng %(other)s") % said
    return _("%(number)s từ ngày %(day)s") % said
