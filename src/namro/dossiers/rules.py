"""Pure decisions on dossiers: the state table, who may do what, and when a dossier is late."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from namro.dossiers.terms import (
    FILED,
    OPEN,
    RUNNING,
    FeedbackState,
    FeedbackVerb,
    PaymentState,
    State,
    Verb,
    Who,
)
from namro.ground.clock import VIETNAM
from namro.organisation.rules import REFUSALS
from namro.organisation.terms import Capability, Refused, Viewer


class DossierFacts(Protocol):
    """What the rules need to know of a dossier; the model has it."""

    state: str
    unit_id: int
    received_unit_id: int
    applicant_id: int | None
    holder_id: int | None
    due_at: datetime | None
    late_on: date | None
    supplements: int
    received_at: datetime | None
    fee: int | None
    fee_paid_at: datetime | None
    result_is_electronic: bool


@dataclass(frozen=True)
class Doer:
    """Who acts: an officer (their viewer), an applicant (their id), or with neither the machine."""

    viewer: Viewer | None = None
    applicant_id: int | None = None


@dataclass(frozen=True)
class Transition:
    """A row of the state table: who may lead a dossier by which verb from which states to which (None: it stays)."""

    verb: Verb
    sources: tuple[State, ...]
    target: State | None
    actors: tuple[Who, ...]


_S, _APPLICANT, _CLERK, _SETTLER = State, (Who.APPLICANT,), (Who.CLERK,), (Who.SETTLER,)
_DECIDER, _HEAD, _MACHINE = (Who.DECIDER,), (Who.HEAD,), (Who.MACHINE,)
_EITHER = (Who.APPLICANT, Who.CLERK)
_PAYABLE = (_S.DRAFT, *OPEN, _S.DECIDED)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Verb.SAVE_DRAFT, (_S.DRAFT,), None, _EITHER),
    Transition(Verb.ATTACH, (_S.DRAFT, _S.SUPPLEMENT_ASKED), None, _EITHER),
    Transition(Verb.REUSE, (_S.DRAFT, _S.SUPPLEMENT_ASKED), None, _EITHER),
    Transition(Verb.DROP_PAPER, (_S.DRAFT,), None, _EITHER),
    Transition(Verb.SUBMIT, (_S.DRAFT,), _S.SUBMITTED, _APPLICANT),
    Transition(Verb.RECEIVE, (_S.DRAFT, _S.SUBMITTED), _S.RECEIVED, _CLERK),
    # A supplement that never comes ends the dossier: as one that was not received, or, once it was, as one refused.
    Transition(Verb.TURN_AWAY, (_S.SUBMITTED, _S.RECEIVED, _S.SUPPLEMENT_ASKED), _S.REFUSED, _CLERK),
    Transition(Verb.CHECK, (_S.RECEIVED,), _S.CHECKED, _CLERK),
    # The usual press at reception sends on at once: what came on paper is scanned meanwhile.
    Transition(Verb.DIGITISE, (*RUNNING, _S.SUPPLEMENT_ASKED), None, _CLERK),
    Transition(Verb.SEND, (_S.CHECKED,), _S.IN_PROCESS, _CLERK),
    Transition(Verb.CLAIM, (_S.IN_PROCESS,), None, _SETTLER),
    Transition(Verb.RELEASE, (_S.IN_PROCESS,), None, _SETTLER),
    Transition(Verb.MOVE_ON, (_S.IN_PROCESS,), _S.IN_PROCESS, _SETTLER),
    Transition(Verb.ASK_SUPPLEMENT, (_S.SUBMITTED, *RUNNING), _S.SUPPLEMENT_ASKED, (Who.CLERK, Who.SETTLER)),
    # Back to where it was asked: the request remembers it, so the table names no target.
    Transition(Verb.ANSWER_SUPPLEMENT, (_S.SUPPLEMENT_ASKED,), None, _EITHER),
    Transition(Verb.DECIDE, (_S.IN_PROCESS,), _S.DECIDED, _DECIDER),
    Transition(Verb.REFUSE, (_S.CHECKED, _S.IN_PROCESS, _S.SUPPLEMENT_ASKED), _S.REFUSED, _DECIDER),
    Transition(Verb.HAND_OVER_RESULT, (_S.DECIDED,), _S.RESULT_GIVEN, _EITHER),
    Transition(Verb.WITHDRAW, OPEN, _S.WITHDRAWN, _EITHER),
    Transition(Verb.TRANSFER, RUNNING, _S.RECEIVED, _DECIDER),
    Transition(Verb.REASSIGN, (_S.IN_PROCESS,), None, _HEAD),
    Transition(Verb.ASK_FEE, (_S.SUBMITTED, _S.RECEIVED, _S.CHECKED), None, _CLERK),
    Transition(Verb.TAKE_FEE, (*OPEN, _S.DECIDED), None, _CLERK),
    Transition(Verb.BEGIN_PAYMENT, _PAYABLE, None, _EITHER),
    # What the gateway says is heard in every state: money that came is never lost.
    Transition(Verb.HEAR_PAYMENT, tuple(State), None, _MACHINE),
    Transition(Verb.PAY_BACK, FILED, None, _CLERK),
    Transition(Verb.APOLOGISE, (*RUNNING, _S.SUPPLEMENT_ASKED, _S.DECIDED), None, _DECIDER),
    Transition(Verb.RATE, (_S.RESULT_GIVEN, _S.REFUSED), None, _APPLICANT),
    Transition(Verb.NOTE_DATA, (*OPEN, _S.DECIDED), None, _CLERK),
    Transition(Verb.NOTE_LATE, RUNNING, None, _MACHINE),
)

BY_VERB: dict[str, Transition] = {row.verb: row for row in TRANSITIONS}

CAPABILITY_OF = {
    Who.CLERK: Capability.RECEIVE_DOSSIERS,
    Who.SETTLER: Capability.SETTLE_DOSSIERS,
    Who.DECIDER: Capability.DECIDE_DOSSIERS,
    Who.HEAD: Capability.RUN_DESK,
}


def check_can(verb: Verb, dossier: DossierFacts, doer: Doer) -> Transition:
    """Refuse in a sentence unless the doer may do the verb to the dossier now; return its row of the state table."""
    row = BY_VERB[verb]
    check_actor(row, dossier, doer)
    if dossier.state not in row.sources:
        raise Refused(
            f"Hồ sơ đang ở bước «{State(dossier.state).label}» nên không thể làm việc này; hãy tải lại trang."
        )
    check_hands(row, dossier, doer)
    check_silence(row, dossier)
    check_paid(row, dossier)
    return row


def can(verb: Verb, dossier: DossierFacts, doer: Doer) -> bool:
    """Whether to show the button: the same rule as `check_can`."""
    try:
        check_can(verb, dossier, doer)
    except Refused:
        return False
    return True


def check_actor(row: Transition, dossier: DossierFacts, doer: Doer) -> None:
    """Refuse when the doer is none of those whom the state table names for this dossier."""
    if doer.viewer is not None:
        _check_officer(row, dossier, doer.viewer)
    elif doer.applicant_id is not None:
        _check_applicant(row, dossier, doer.applicant_id)
    elif Who.MACHINE not in row.actors:
        raise Refused("Việc này phải do người làm.")


def _check_applicant(row: Transition, dossier: DossierFacts, applicant_id: int) -> None:
    if Who.APPLICANT not in row.actors:
        raise Refused("Việc này do cơ quan giải quyết làm, không phải người nộp hồ sơ.")
    if dossier.applicant_id != applicant_id:
        raise Refused("Hồ sơ này không phải của bạn.")
    if row.verb == Verb.HAND_OVER_RESULT and not dossier.result_is_electronic:
        raise Refused("Kết quả bản giấy được trả tại bộ phận một cửa; hãy mang phiếu hẹn tới nhận.")


def _check_officer(row: Transition, dossier: DossierFacts, viewer: Viewer) -> None:
    named = [who for who in row.actors if who in CAPABILITY_OF]
    held = [who for who in named if viewer.can(CAPABILITY_OF[who])]
    if not held:
        raise Refused(REFUSALS[CAPABILITY_OF[named[0]]] if named else "Việc này do người nộp hồ sơ làm.")
    if not any(_reaches(who, dossier, viewer) for who in held):
        raise Refused("Hồ sơ này do đơn vị khác giải quyết; hãy liên hệ đơn vị đó.")


def _reaches(who: Who, dossier: DossierFacts, viewer: Viewer) -> bool:
    """A clerk serves what was received there for others too; whoever settles keeps to the unit's own."""
    received_here = who == Who.CLERK and viewer.sees_unit(dossier.received_unit_id)
    return received_here or viewer.sees_unit(dossier.unit_id)


def check_hands(row: Transition, dossier: DossierFacts, doer: Doer) -> None:
    """Refuse to take or to move what somebody else holds; who heads the desk hands it over instead."""
    free = dossier.holder_id is None or doer.viewer is None or dossier.holder_id == doer.viewer.person_id
    if Who.SETTLER in row.actors and dossier.state == State.IN_PROCESS and not free:
        raise Refused("Hồ sơ đang do người khác xử lý; hãy nhờ người phụ trách một cửa giao lại.")


def check_silence(row: Transition, dossier: DossierFacts) -> None:
    """Refuse the wrong end of a dossier whose supplement never came: received or not, there is one each."""
    if dossier.state != State.SUPPLEMENT_ASKED:
        return
    if row.verb == Verb.TURN_AWAY and dossier.received_at is not None:
        raise Refused(
            "Hồ sơ đã được tiếp nhận; người có thẩm quyền từ chối giải quyết, không từ chối tiếp nhận."
        )
    if row.verb == Verb.REFUSE and dossier.received_at is None:
        raise Refused("Hồ sơ chưa được tiếp nhận; hãy từ chối tiếp nhận.")


def check_paid(row: Transition, dossier: DossierFacts) -> None:
    """Refuse to hand a result over while its fee is owed."""
    if row.verb == Verb.HAND_OVER_RESULT and dossier.fee and dossier.fee_paid_at is None:
        raise Refused("Hồ sơ chưa nộp phí, lệ phí; hãy nộp rồi nhận kết quả.")


def may_take_result(dossier: DossierFacts) -> bool:
    """Whether the applicant may open the files of the result: not before it was fetched or handed over."""
    return dossier.state == State.RESULT_GIVEN


def late_on_at(dossier: DossierFacts, moment: datetime) -> date | None:
    """The day the dossier became late, as known at the moment: what was noted stays; otherwise the day its clock ran
    out, if it runs and has."""
    if dossier.late_on is not None:
        return dossier.late_on
    ran_out = dossier.due_at is not None and dossier.state in RUNNING and dossier.due_at < moment
    return dossier.due_at.astimezone(VIETNAM).date() if ran_out and dossier.due_at else None


def check_words(words: str, sentence: str, *, field: str = "words") -> str:
    """The words without blanks around them; refuses in the sentence when there are none."""
    if not words.strip():
        raise Refused(sentence, field=field)
    return words.strip()


@dataclass(frozen=True)
class FeedbackTransition:
    """A row of the state table of feedback; `by_sender` marks what the sender does, by the code alone."""

    verb: FeedbackVerb
    sources: tuple[FeedbackState, ...]
    target: FeedbackState | None
    by_sender: bool = False


_F = FeedbackState

FEEDBACK_TRANSITIONS: tuple[FeedbackTransition, ...] = (
    FeedbackTransition(FeedbackVerb.TAKE, (_F.RECEIVED,), _F.TAKEN),
    FeedbackTransition(FeedbackVerb.RETURN, (_F.RECEIVED, _F.TAKEN, _F.SUPPLEMENT_ASKED), _F.RETURNED),
    FeedbackTransition(FeedbackVerb.ASK_MORE, (_F.RECEIVED, _F.TAKEN), _F.SUPPLEMENT_ASKED),
    FeedbackTransition(FeedbackVerb.ADD, (_F.SUPPLEMENT_ASKED,), _F.TAKEN, by_sender=True),
    # A sender who stays silent is answered by what is known.
    FeedbackTransition(FeedbackVerb.ANSWER, (_F.TAKEN, _F.SUPPLEMENT_ASKED), _F.ANSWERED),
    FeedbackTransition(FeedbackVerb.PUBLISH, (_F.ANSWERED,), _F.PUBLISHED),
    # Asked once: the action refuses a second rating.
    FeedbackTransition(FeedbackVerb.RATE, (_F.ANSWERED, _F.PUBLISHED, _F.RETURNED), None, by_sender=True),
)
FEEDBACK_BY_VERB: dict[str, FeedbackTransition] = {row.verb: row for row in FEEDBACK_TRANSITIONS}


def check_can_feedback(
    verb: FeedbackVerb, state: str, unit_id: int, viewer: Viewer | None
) -> FeedbackTransition:
    """Refuse in a sentence unless the verb may be done now: by an officer of the unit, or by the sender (no viewer)."""
    row = FEEDBACK_BY_VERB[verb]
    if row.by_sender != (viewer is None):
        raise Refused(
            "Việc này do người gửi ý kiến làm." if row.by_sender else "Việc này do cơ quan trả lời làm."
        )
    if viewer is not None:
        if not any(viewer.can(each) for each in (Capability.SETTLE_DOSSIERS, Capability.DECIDE_DOSSIERS)):
            raise Refused(REFUSALS[Capability.SETTLE_DOSSIERS])
        if not viewer.sees_unit(unit_id):
            raise Refused("Ý kiến này do đơn vị khác trả lời; hãy liên hệ đơn vị đó.")
    if state not in row.sources:
        raise Refused(
            f"Ý kiến đang ở bước «{FeedbackState(state).label}» nên không thể làm việc này; hãy tải lại trang."
        )
    return row


def can_feedback(verb: FeedbackVerb, state: str, unit_id: int, viewer: Viewer | None) -> bool:
    """Whether to show the button: the same rule as `check_can_feedback`."""
    try:
        check_can_feedback(verb, state, unit_id, viewer)
    except Refused:
        return False
    return True


def payment_after(state: str, *, is_paid: bool, is_sum_right: bool, others_paid: bool) -> PaymentState:
    """What an order is after the gateway spoke: what was paid or is owed back stays so, whatever is said later."""
    if state not in (PaymentState.ASKED, PaymentState.FAILED):
        return PaymentState(state)
    if not is_paid:
        return PaymentState.FAILED
    return PaymentState.PAID if is_sum_right and not others_paid else PaymentState.TO_PAY_BACK
