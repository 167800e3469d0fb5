"""Verbs of feedback: the sender sends, adds and rates; an officer of the unit takes on, returns, asks, answers,
publishes. Each leaves an event and a line of the log; a limit that was broken by then is noted for good."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from namro.audit.actions import once
from namro.dossiers.actions.feedback_act import SENDER, FeedbackHand, append, is_done, lock, perform
from namro.dossiers.catalog import KindLimits
from namro.dossiers.formulas.answering import answer_by_after, days_after, owed
from namro.dossiers.models import Applicant, Dossier, Feedback
from namro.dossiers.queries import today
from namro.dossiers.queries.feedback import said_before
from namro.dossiers.queries.feedback_limits import feedback_limits
from namro.dossiers.rules import check_words
from namro.dossiers.terms import FeedbackKind, FeedbackVerb
from namro.ground.clock import VIETNAM
from namro.organisation.models import Unit
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Refused
from namro.procedures.models import Procedure

# Letters and digits that nobody mistakes for another when reading them out.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
TAIL = 8
MOST_WORDS = 4000


@dataclass(frozen=True)
class Said:
    """What somebody has to say: to whom, about what, and how they can be reached, if they wish."""

    kind: str
    unit: Unit
    words: str
    procedure: Procedure | None = None
    dossier: Dossier | None = None
    applicant: Applicant | None = None
    sender_name: str = ""
    sender_contact: str = ""


class SaidBefore(Refused):
    """The number of what is sent stands for something else that was said: sent under a new one it is received."""

    def __init__(self) -> None:
        super().__init__(
            "Lần gửi này đã dùng cho một ý kiến khác; ý kiến này chưa được gửi, hãy bấm Gửi lần nữa."
        )


@once
def send_feedback(said: Said, *, client_id: UUID) -> Feedback:
    """Receive a feedback; it is owed its steps by the limits of its kind, counted from the day after. The same sent
    again is the same; something else under its number is refused (SaidBefore)."""
    if known := Feedback.objects.filter(client_id=client_id).first():
        _check_same(known, said)
        return known
    words = _checked(said)
    moment = today.now()
    limits = _limits_of(said.kind)
    due = owed(_day(moment), limits, working_calendar())
    feedback = Feedback.objects.create(
        client_id=client_id, code=_new_code(_day(moment)), kind=said.kind, unit=said.unit, words=words,
        procedure=said.procedure or (said.dossier.procedure if said.dossier else None), dossier=said.dossier,
        applicant=said.applicant, sender_name=said.sender_name.strip(), sender_contact=said.sender_contact.strip(),
        received_at=moment, judge_by=due.judge_by, asked_by=due.asked_by, answer_by=due.answer_by,
    )  # fmt: skip
    append(feedback, FeedbackVerb.SEND, SENDER, client_id, "")
    return feedback


@once
def take_feedback(
    feedback_id: int, *, hand: FeedbackHand, client_id: UUID, version: int | None = None
) -> Feedback:
    """Take a feedback on for the unit."""
    return perform(feedback_id, FeedbackVerb.TAKE, hand, client_id, version)


@once
def return_feedback(
    feedback_id: int, *, grounds: str, repeats: int | None = None, hand: FeedbackHand, client_id: UUID,
    version: int | None = None,
) -> Feedback:  # fmt: skip
    """Return a feedback with its ground; `repeats` is the number of the one that said the same before."""
    grounds = check_words(grounds, "Hãy ghi vì sao trả lại và nơi người gửi nên gửi tới.", field="grounds")
    values: dict[str, Any] = {"answer": grounds[:MOST_WORDS]}
    if repeats is not None:
        values["repeats"] = _before(feedback_id, repeats, hand)
    return perform(feedback_id, FeedbackVerb.RETURN, hand, client_id, version, values, grounds)


@once
def ask_more_of_feedback(
    feedback_id: int, *, words: str, hand: FeedbackHand, client_id: UUID, version: int | None = None
) -> Feedback:
    """Ask the sender for more, once; the answer's limit gets room for as long as they are awaited, if the rules say
    so, and no longer: whoever stays silent is answered by what is known."""
    words = check_words(words, "Hãy ghi cần người gửi bổ sung điều gì.")
    feedback = lock(feedback_id, hand)
    if feedback.asked_at is not None and not is_done(client_id):
        raise Refused("Đã yêu cầu bổ sung một lần; nay hãy trả lời theo những gì đã có.")
    values = {"asked_at": today.now(), "asked_words": words[:MOST_WORDS], **_awaiting(feedback)}
    return perform(feedback_id, FeedbackVerb.ASK_MORE, hand, client_id, version, values, words)


@once
def add_to_feedback(feedback_id: int, *, words: str, client_id: UUID) -> Feedback:
    """The sender adds what was asked; of the room that the answer's limit got, the days of waiting remain."""
    words = check_words(words, "Hãy ghi điều bổ sung.")
    feedback = lock(feedback_id, SENDER)
    values: dict[str, Any] = {"added_at": today.now(), "added_words": words[:MOST_WORDS]}
    if feedback.asked_at is not None and feedback.add_by is not None and not is_done(client_id):
        asked, until = _day(feedback.asked_at), min(today.today(), feedback.add_by)
        values["answer_by"] = _moved(
            feedback.answer_by_unasked or feedback.answer_by, asked, until, feedback.kind
        )
    return perform(feedback_id, FeedbackVerb.ADD, SENDER, client_id, None, values, words)


@once
def answer_feedback(
    feedback_id: int, *, words: str, hand: FeedbackHand, client_id: UUID, version: int | None = None
) -> Feedback:
    """Answer; from then on the limit of publishing runs."""
    words = check_words(words, "Hãy ghi câu trả lời.")
    feedback, moment = lock(feedback_id, hand), today.now()
    limits = feedback_limits().kinds[feedback.kind]
    publish_by = days_after(_day(moment), limits.publish, limits.unit, working_calendar())
    values = {
        "answer": words[:MOST_WORDS],
        "answered_at": moment,
        "answered_by": hand.person,
        "publish_by": publish_by,
    }
    return perform(feedback_id, FeedbackVerb.ANSWER, hand, client_id, version, values, words)


@once
def publish_feedback(
    feedback_id: int,
    *,
    words: str,
    answer: str,
    hand: FeedbackHand,
    client_id: UUID,
    version: int | None = None,
) -> Feedback:
    """Open a feedback to everybody, the matter and the answer told in words that name nobody."""
    words = check_words(words, "Hãy ghi nội dung ý kiến bằng lời không nêu tên ai, để mọi người đọc.")
    answer = check_words(
        answer, "Hãy ghi câu trả lời bằng lời không nêu tên ai, để mọi người đọc.", field="answer"
    )
    values = {
        "published_at": today.now(),
        "public_words": words[:MOST_WORDS],
        "public_answer": answer[:MOST_WORDS],
    }
    return perform(feedback_id, FeedbackVerb.PUBLISH, hand, client_id, version, values, words)


@once
def rate_feedback(feedback_id: int, *, is_satisfied: bool, words: str = "", client_id: UUID) -> Feedback:
    """The sender says whether they are content with the answer; asked once."""
    feedback = lock(feedback_id, SENDER)
    if feedback.rated_at is not None and not is_done(client_id):
        raise Refused("Bạn đã đánh giá câu trả lời này; mỗi ý kiến chỉ hỏi một lần.")
    values = {
        "is_satisfied": is_satisfied,
        "rated_at": today.now(),
        "rated_words": words.strip()[:MOST_WORDS],
    }
    return perform(feedback_id, FeedbackVerb.RATE, SENDER, client_id, None, values)


def _check_same(known: Feedback, said: Said) -> None:
    told = (said.kind, said.unit.pk, said.dossier.pk if said.dossier else None, said.words.strip())
    if told != (known.kind, known.unit_id, known.dossier_id, known.words):
        raise SaidBefore


def _checked(said: Said) -> str:
    """The words of a feedback that may be received."""
    if said.kind not in FeedbackKind.values:
        raise Refused("Hãy chọn phản ánh, kiến nghị hoặc khiếu nại.", field="kind")
    if said.kind == FeedbackKind.COMPLAINT and said.dossier is None:
        raise Refused("Khiếu nại về một hồ sơ: hãy ghi mã hồ sơ trên giấy biên nhận.", field="dossier")
    words = check_words(said.words, "Hãy ghi điều bạn muốn nói.")
    if len(words) > MOST_WORDS:
        raise Refused(
            f"Ý kiến dài {len(words)} ký tự, nhiều nhất {MOST_WORDS}; hãy viết gọn lại.", field="words"
        )
    return words


def _limits_of(kind: str) -> KindLimits:
    limits = feedback_limits().kinds.get(kind)
    if limits is None:
        raise Refused(
            "Nơi này chưa khai báo hạn trả lời nên chưa nhận ý kiến ở đây; hãy đến bộ phận một cửa."
        )
    return limits


def _awaiting(feedback: Feedback) -> dict[str, date]:
    """How long the sender is awaited from today on, and the answer's limit if they stay silent."""
    limits, day = _limits_of(feedback.kind), today.today()
    add_by = days_after(day, limits.wait, limits.unit, working_calendar())
    answer_by = _moved(feedback.answer_by, day, add_by, feedback.kind)
    return {"add_by": add_by, "answer_by_unasked": feedback.answer_by, "answer_by": answer_by}


def _moved(answer_by: date, asked: date, until: date, kind: str) -> date:
    """The answer's limit, moved on by the days from the request for more on, if the rules say so."""
    limits = feedback_limits()
    if not limits.stops:
        return answer_by
    return answer_by_after(answer_by, asked, until, limits.kinds[kind].unit, working_calendar())


def _new_code(day: date) -> str:
    tail = "".join(secrets.choice(LETTERS) for _ in range(TAIL))
    return f"GY-{day:%y%m%d}-{tail}"


def _before(feedback_id: int, number: int, hand: FeedbackHand) -> Feedback:
    """The earlier feedback of a number, of the same sender or dossier."""
    found = said_before(lock(feedback_id, hand)).filter(pk=number).first()
    if found is None:
        raise Refused(
            f"Không có ý kiến số {number} trước đó của cùng người gửi hoặc hồ sơ; hãy để trống hoặc sửa số.",
            field="repeats",
        )
    return found


def _day(moment: Any) -> date:
    return moment.astimezone(VIETNAM).date()
