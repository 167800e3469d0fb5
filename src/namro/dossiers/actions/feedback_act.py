"""How a verb of feedback runs: lock the row, let a repeated act pass, ask the rules, note what is late, write, log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from namro.audit.actions import record
from namro.dossiers.formulas.answering import late_since
from namro.dossiers.models import Feedback, FeedbackEvent
from namro.dossiers.queries import today
from namro.dossiers.queries.feedback import visible_to
from namro.dossiers.rules import check_can_feedback
from namro.dossiers.terms import FeedbackState, FeedbackVerb
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Viewer


@dataclass(frozen=True)
class FeedbackHand:
    """Who acts on a feedback: an officer with their viewer, or, with neither, its sender."""

    person: Person | None = None
    viewer: Viewer | None = None


SENDER = FeedbackHand()


def perform(
    feedback_id: int, verb: FeedbackVerb, hand: FeedbackHand, client_id: UUID, version: int | None,
    values: Mapping[str, Any] | None = None, words: str = "",
) -> Feedback:  # fmt: skip
    """Carry out a verb once: ask the rules, note what has become late, write, append, log."""
    feedback = lock(feedback_id, hand)
    if is_done(client_id):
        return feedback
    row = check_can_feedback(verb, feedback.state, feedback.unit_id, hand.viewer)
    if version is not None and version != feedback.version_no:
        raise Refused(
            "Ý kiến vừa được người khác cập nhật; nội dung bạn nhập vẫn còn, hãy xem bản mới rồi gửi lại."
        )
    before = {"state": feedback.state, "late_on": feedback.late_on}
    _note_late(feedback, verb)
    if feedback.judged_at is None and feedback.state == FeedbackState.RECEIVED and not row.by_sender:
        feedback.judged_at = today.now()
    for name, value in (values or {}).items():
        setattr(feedback, name, value)
    feedback.state = row.target or feedback.state
    feedback.version_no += 1
    feedback.save()
    append(feedback, verb, hand, client_id, words, before)
    return feedback


def _note_late(feedback: Feedback, verb: FeedbackVerb) -> None:
    """Note a limit that is broken when the verb is done: what was owed before it, and for asking its own."""
    day = today.today()
    limits = {
        FeedbackState.RECEIVED: (feedback.judge_by, feedback.answer_by),
        FeedbackState.TAKEN: (feedback.answer_by,),
        FeedbackState.SUPPLEMENT_ASKED: (feedback.answer_by,),
        FeedbackState.ANSWERED: (feedback.publish_by,),
    }.get(FeedbackState(feedback.state), ())
    own = (feedback.asked_by,) if verb == FeedbackVerb.ASK_MORE else ()
    for limit in (*limits, *own):
        feedback.late_on = late_since(feedback.late_on, limit, day)


def lock(feedback_id: int, hand: FeedbackHand) -> Feedback:
    """The feedback, locked until the transaction ends; Feedback.DoesNotExist for who may not open it."""
    rows = visible_to(hand.viewer) if hand.viewer is not None else Feedback.objects.select_related("unit")
    return rows.select_for_update(of=("self",)).get(pk=feedback_id)


def is_done(client_id: UUID) -> bool:
    """Whether this number acted before."""
    return FeedbackEvent.objects.filter(client_id=client_id).exists()


def append(
    feedback: Feedback, verb: FeedbackVerb, hand: FeedbackHand, client_id: UUID, words: str,
    before: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Append the event of an act and its line of the log."""
    FeedbackEvent.objects.create(
        feedback=feedback, client_id=client_id, at=today.now(), verb=verb, by=hand.person, words=words
    )
    after = {"state": feedback.state, "late_on": feedback.late_on}
    record(by=hand.person, verb=verb, obj=feedback, before=before, after=after, unit=feedback.unit.code)
