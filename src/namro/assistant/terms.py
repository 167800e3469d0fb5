"""Words of the assistant: corpora, passages and whether their text is in force."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Corpus(TextChoices):
    """Kho tri thức: where a passage comes from."""

    PROCEDURES = "procedures", _("Thủ tục hành chính")
    LAW = "law", _("Văn bản pháp luật")


PUBLIC_CORPORA = (Corpus.PROCEDURES, Corpus.LAW)


class Validity(TextChoices):
    """Hiệu lực of a text on a day; what the source does not say is told as unknown, never taken as in force."""

    IN_FORCE = "in_force", _("Còn hiệu lực")
    AMENDED = "amended", _("Đã được sửa đổi, bổ sung")
    UNKNOWN = "unknown", _("Chưa rõ hiệu lực")
    COMING = "coming", _("Chưa có hiệu lực")
    ENDED = "ended", _("Hết hiệu lực")


@dataclass(frozen=True)
class Passage:
    """Đoạn trích: words of a source that can carry a sentence of an answer.

    `key` names it for ever (`procedures:1.004194#documents`, `law:68/2020/QH14#31`); `item` is the code of the
    procedure or the id of the article; `part` is a value of `procedures.terms.Part`, or `article`; `url` is the page
    of the house that shows it (empty: none); `as_of` is the state of the source in its own words; `score` is the
    chance, from 0 to 1, that its item is what was asked for, by the questions the weights were learnt from.
    """

    key: str
    corpus: Corpus
    item: str
    title: str
    part: str
    text: str
    score: float
    url: str = ""
    as_of: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    validity: Validity = Validity.UNKNOWN
    amended_by: str = ""
