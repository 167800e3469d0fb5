"""Words of the assistant: corpora, passages and whether their text is in force; answers and their sentences."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from namro.organisation.terms import Viewer


class Corpus(TextChoices):
    """Kho tri thức: where a passage comes from."""

    PROCEDURES = "procedures", _("Thủ tục hành chính")
    LAW = "law", _("Văn bản pháp luật")
    CITY = "city", _("Hỏi đáp, chỉ đạo của thành phố")
    UNITS = "units", _("Danh mục đơn vị hành chính")
    TASKS = "tasks", _("Sổ nhiệm vụ")
    FIGURES = "figures", _("Số liệu")


# Who asked, in the audit log: whoever it was gave no name.
ASKER = "người hỏi"
PUBLIC_CORPORA = (Corpus.PROCEDURES, Corpus.LAW, Corpus.CITY)
# Below this chance nothing that was found is what was asked for: the question is out of scope, or not understood.
ENOUGH = 0.35


class Validity(TextChoices):
    """Hiệu lực of a text on a day; what the source does not say is told as unknown, never taken as in force."""

    IN_FORCE = "in_force", _("Còn hiệu lực")
    AMENDED = "amended", _("Đã được sửa đổi, bổ sung")
    UNKNOWN = "unknown", _("Chưa rõ hiệu lực")
    COMING = "coming", _("Chưa có hiệu lực")
    ENDED = "ended", _("Hết hiệu lực")


class CityKind(TextChoices):
    """Loại lời của thành phố: an answer that people wrote to what is often asked, or a clause of a directive."""

    FAQ = "faq", _("Hỏi đáp")
    DIRECTIVE = "directive", _("Văn bản chỉ đạo")


class Wording(TextChoices):
    """Lời văn of a document in the corpus: as it was passed, which later acts may have changed, or consolidated."""

    AS_PASSED = "as_passed", _("Bản khi ban hành, chưa hợp nhất")
    CONSOLIDATED = "consolidated", _("Bản hợp nhất")


@dataclass(frozen=True)
class Passage:
    """Đoạn trích: words of a source that can carry a sentence of an answer.

    `key` names it for ever (`procedures:1.004194#documents`, `law:68/2020/QH14#31`, `city:nam-ro`); `item` is the code
    of the procedure or of the city's text, or the id of the article; `part` is a value of `procedures.terms.Part`, or
    `article`; `url` is the page of the house that shows it (empty: none); `as_of` is the state of the source in its
    own words; `score` is the chance, from 0 to 1, that its item is what was asked for, by the questions the weights
    were learnt from; `amended_from` is the first day on which an amendment that is known held.
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
    amended_from: date | None = None
    wording: str = ""


class Want(StrEnum):
    """What a question wants to know of a procedure."""

    PAPERS = "papers"
    FEE = "fee"
    LIMIT = "limit"
    WHERE = "where"
    ONLINE = "online"
    POST = "post"
    STEPS = "steps"
    CONDITIONS = "conditions"
    RESULT = "result"
    BASIS = "basis"
    WHO = "who"
    CHECKLIST = "checklist"
    START = "start"


class AnswerKind(TextChoices):
    """Loại trả lời."""

    PROCEDURE = "procedure", _("Trả lời theo thủ tục")
    ARTICLE = "article", _("Trích điều luật")
    CITY = "city", _("Trả lời của thành phố")
    COMPARE = "compare", _("So sánh thủ tục")
    UNIT = "unit", _("Trả lời theo danh mục đơn vị")
    TASKS = "tasks", _("Trả lời từ sổ nhiệm vụ")
    FIGURE = "figure", _("Trả lời từ số liệu")
    CLARIFY = "clarify", _("Hỏi lại cho rõ")
    UNKNOWN = "unknown", _("Chưa biết")
    REFUSED = "refused", _("Ngoài phạm vi")


# Kinds in which something is claimed, so that every sentence stands on a passage.
CLAIMING = frozenset(
    {
        AnswerKind.PROCEDURE,
        AnswerKind.ARTICLE,
        AnswerKind.CITY,
        AnswerKind.COMPARE,
        AnswerKind.UNIT,
        AnswerKind.TASKS,
        AnswerKind.FIGURE,
    }
)

# Kinds whose subject the next question may go on from: “còn nếu nộp online?” is about no ward and no general answer.
GOING_ON = frozenset({AnswerKind.PROCEDURE, AnswerKind.ARTICLE, AnswerKind.COMPARE})

# Kinds that are told under the asker's own rights, and to nobody else.
OWN = frozenset({AnswerKind.TASKS, AnswerKind.FIGURE})


class Voice(TextChoices):
    """Cách soạn: who put the sentences together."""

    COMPOSED = "composed", _("Soạn theo mẫu từ nguồn")
    MODEL = "model", _("Mô hình ngôn ngữ soạn, đã đối chiếu nguồn")


class Audience(TextChoices):
    """Người hỏi: everybody, or an officer under their own rights."""

    PUBLIC = "public", _("Người dân")
    OFFICER = "officer", _("Cán bộ")


class Why(TextChoices):
    """Lý do an answer was of no use."""

    WRONG = "wrong", _("Sai thủ tục hoặc sai nội dung")
    MISSING = "missing", _("Thiếu điều tôi hỏi")
    UNCLEAR = "unclear", _("Khó hiểu")
    OLD = "old", _("Thông tin cũ")
    OTHER = "other", _("Lý do khác")


class OpinionState(TextChoices):
    """Tình trạng of an opinion in the queue of the editors."""

    WAITING = "waiting", _("Chờ xem")
    MENDED = "mended", _("Đã sửa")
    KEPT = "kept", _("Giữ nguyên")


class HandOverState(TextChoices):
    """Tình trạng of a question that was handed to people."""

    WAITING = "waiting", _("Chờ cán bộ trả lời")
    ANSWERED = "answered", _("Đã trả lời")


@dataclass(frozen=True)
class Sentence:
    """Câu trả lời: words and the keys of the passages that carry them; `heading` opens a part, `is_item`: of a list.

    `is_ours`: it says what the source leaves out, or counts what stands there, which no passage can carry in its words.
    A sentence that stands on nothing cannot be made: ValueError.
    """

    text: str
    passages: tuple[str, ...]
    heading: str = ""
    is_item: bool = False
    is_ours: bool = False

    def __post_init__(self) -> None:
        if not self.passages:
            raise ValueError(f"a sentence without a passage: {self.text[:80]!r}")


@dataclass(frozen=True)
class Choice:
    """Lựa chọn to a question that the assistant asks back: what it says, and the item or the words it stands for."""

    label: str
    item: str = ""
    question: str = ""


@dataclass(frozen=True)
class Past:
    """Lượt trước: a question of this conversation and what its answer was about, so that the next may go on from it."""

    question: str
    kind: AnswerKind
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """Câu hỏi: its words, personal data already hidden, what came before, and who asks; `item`: the choice made."""

    words: str
    day: date
    past: tuple[Past, ...] = ()
    item: str = ""
    viewer: Viewer | None = None

    @property
    def last_item(self) -> str:
        """The procedure or article of the last answer that was about one; empty where there is none."""
        about = (each.items[0] for each in reversed(self.past) if each.items and each.kind in GOING_ON)
        return next(about, "")


@dataclass(frozen=True)
class Answer:
    """Trả lời: claims with their passages, or the assistant's own words (`notice`), which claim nothing.

    `items` are the procedures or articles it is about, first the one that a follow-up means; `doubts` are sentences
    on what cannot be relied on at the source; `asks` is what it would have to know to say more; `fallback` says why a
    model's words were not used (empty: they were, or there is no model).
    """

    kind: AnswerKind
    sentences: tuple[Sentence, ...] = ()
    passages: tuple[Passage, ...] = ()
    notice: str = ""
    choices: tuple[Choice, ...] = ()
    doubts: tuple[str, ...] = ()
    asks: str = ""
    items: tuple[str, ...] = ()
    voice: Voice = Voice.COMPOSED
    fallback: str = ""
    reason: str = ""

    @property
    def is_claim(self) -> bool:
        """Whether something is claimed."""
        return self.kind in CLAIMING
