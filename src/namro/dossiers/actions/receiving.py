"""Verbs of the clerk: receive, turn away, check, send to the first desk, hand over the result."""

from datetime import datetime
from typing import Any
from uuid import UUID

from namro.audit.actions import once
from namro.dossiers.actions.act import Act, Done, Hand, perform
from namro.dossiers.actions.ending import ended, refused
from namro.dossiers.actions.moving import onwards
from namro.dossiers.formulas.fees import fee_of
from namro.dossiers.formulas.promising import promise
from namro.dossiers.models import Dossier
from namro.dossiers.queries.desk import desk_rules, record_of
from namro.dossiers.rules import check_words
from namro.dossiers.terms import Outcome, Verb
from namro.organisation.queries import working_calendar


def reception(dossier: Dossier, at: datetime) -> dict[str, Any]:
    """What a dossier gets when it is received: the promised moment on its slip, and the fee where it is sure."""
    record = record_of(dossier.version)
    due = promise(record, dossier.channel, at, desk_rules(), working_calendar())
    return {
        "received_at": at, "promised_at": due.due_at, "due_at": due.due_at,
        "limit_words": due.words, "limit_is_default": due.is_default,
        "fee": fee_of(record, dossier.channel) if dossier.fee is None else dossier.fee,
    }  # fmt: skip


@once
def receive(dossier_id: int, *, hand: Hand, client_id: UUID, version: int | None = None) -> Done:
    """Receive what was filed online: from now on the clock runs to the moment on the slip."""
    return perform(dossier_id, Act(Verb.RECEIVE, hand, client_id, version), reception)


@once
def turn_away(
    dossier_id: int, *, grounds: str, hand: Hand, client_id: UUID, version: int | None = None
) -> Done:
    """Refuse to receive a dossier, with the grounds that the applicant is told."""
    words = check_words(grounds, "Hãy ghi lý do từ chối tiếp nhận để người nộp biết.", field="grounds")
    return perform(dossier_id, Act(Verb.TURN_AWAY, hand, client_id, version, {"words": words}), refused)


@once
def withdraw(
    dossier_id: int, *, hand: Hand, client_id: UUID, reason: str = "", version: int | None = None
) -> Done:
    """Take a dossier back at the applicant's wish; it stays on record, late if it was."""
    act = Act(Verb.WITHDRAW, hand, client_id, version, {"words": reason.strip()})
    return perform(dossier_id, act, lambda dossier, at: ended(Outcome.WITHDRAWN, at))


@once
def check(dossier_id: int, *, hand: Hand, client_id: UUID, version: int | None = None) -> Done:
    """State that the papers are complete."""
    return perform(dossier_id, Act(Verb.CHECK, hand, client_id, version))


@once
def send(dossier_id: int, *, hand: Hand, client_id: UUID, version: int | None = None) -> Done:
    """Send a checked dossier to the first desk of its route."""
    return perform(dossier_id, Act(Verb.SEND, hand, client_id, version), onwards)


@once
def hand_over_result(dossier_id: int, *, hand: Hand, client_id: UUID, version: int | None = None) -> Done:
    """Hand the result over: at the desk, or by the applicant who opens the electronic one."""
    act = Act(Verb.HAND_OVER_RESULT, hand, client_id, version)
    return perform(dossier_id, act, lambda dossier, at: {"handed_at": at})
