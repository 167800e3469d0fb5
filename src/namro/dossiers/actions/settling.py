"""Verbs of those who settle: ask for a supplement, decide, refuse, apologise when it is late."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from namro.audit.actions import once
from namro.dossiers.actions.act import Act, Done, Hand, perform
from namro.dossiers.actions.ending import ended, refused
from namro.dossiers.actions.papers import Paper, keep
from namro.dossiers.formulas.promising import due_after_stop
from namro.dossiers.models import Apology, Dossier, Supplement
from namro.dossiers.queries.desk import next_desk
from namro.dossiers.rules import check_words, late_on_at
from namro.dossiers.terms import RUNNING, Outcome, Verb
from namro.ground.clock import VIETNAM
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Refused


@once
def ask_supplement(
    dossier_id: int, *, words: str, hand: Hand, client_id: UUID, version: int | None = None
) -> Done:
    """Ask for what is missing: the clock stands until it comes. Only the first request is free: from the second on the
    dossier counts as late (Decision 766/QĐ-TTg, as publicly described)."""
    said = check_words(words, "Hãy ghi rõ còn thiếu gì, sửa gì.")
    return perform(
        dossier_id,
        Act(Verb.ASK_SUPPLEMENT, hand, client_id, version, {"words": said}),
        partial(_asked, said, hand),
    )


def _asked(words: str, hand: Hand, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    number = dossier.supplements + 1
    Supplement.objects.create(
        dossier=dossier, number=number, words=words, asked_at=at, asked_by=hand.person,
        state_before=dossier.state,
    )  # fmt: skip
    late = {"late_on": at.astimezone(VIETNAM).date()} if number > 1 else {}
    return {"supplements": number, "stopped_since": at if dossier.state in RUNNING else None, **late}


@once
def answer_supplement(dossier_id: int, *, hand: Hand, client_id: UUID, words: str = "") -> Done:
    """Answer what was asked; the dossier goes back to where it was and its clock runs on with what time was left."""
    act = Act(Verb.ANSWER_SUPPLEMENT, hand, client_id, detail={"words": words.strip()})
    return perform(dossier_id, act, partial(_answered, words.strip()))


def _answered(words: str, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    request = dossier.supplement_requests.get(number=dossier.supplements)
    Supplement.objects.filter(pk=request.pk).update(answered_at=at, answer=words)
    back = {"state": request.state_before, "stopped_since": None}
    if dossier.stopped_since is None or dossier.due_at is None:
        return back
    calendar = working_calendar()
    moved = {"due_at": due_after_stop(dossier.due_at, dossier.stopped_since, at, calendar)}
    if dossier.desk_due_at is not None:
        moved["desk_due_at"] = due_after_stop(dossier.desk_due_at, dossier.stopped_since, at, calendar)
    return {**back, **moved}


@once
def decide(
    dossier_id: int, *, hand: Hand, client_id: UUID, words: str = "", result: Paper | None = None,
    signature: Mapping[str, Any] | None = None, version: int | None = None,
) -> Done:  # fmt: skip
    """Grant what was asked; with `result` as a file the result is electronic. Refused before the last desk."""
    act = Act(Verb.DECIDE, hand, client_id, version, {"words": words.strip()})
    done = perform(dossier_id, act, partial(_decided, result is not None))
    if result is not None and not done.repeated:
        keep(done.dossier, result, hand, client_id, done.event.at, signature)
    return done


def _decided(is_electronic: bool, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    later = next_desk(dossier)
    if later is not None:
        raise Refused(f"Hồ sơ còn phải qua bước «{later}» trước khi quyết định; hãy chuyển bước.")
    granted = {**ended(Outcome.GRANTED, at), "decided_at": at}
    return {**granted, "result_is_electronic": is_electronic or dossier.result_is_electronic}


@once
def refuse(dossier_id: int, *, grounds: str, hand: Hand, client_id: UUID, version: int | None = None) -> Done:
    """Refuse what was asked, with the grounds that the applicant is told."""
    words = check_words(grounds, "Hãy ghi căn cứ từ chối để người nộp biết.", field="grounds")
    return perform(dossier_id, Act(Verb.REFUSE, hand, client_id, version, {"words": words}), refused)


@once
def apologise(dossier_id: int, *, new_at: datetime, reason: str, hand: Hand, client_id: UUID) -> Done:
    """Put on record the apology that a late dossier is owed, with the new day. The due moment does not move: an apology
    makes nothing timely."""
    words = check_words(reason, "Hãy ghi lý do chậm để người nộp biết.", field="reason")
    act = Act(Verb.APOLOGISE, hand, client_id, detail={"words": words, "new_at": new_at.isoformat()})
    apology = Apology(client_id=client_id, new_at=new_at, reason=words, signed_by=hand.person)
    return perform(dossier_id, act, partial(_apologised, apology))


def _apologised(apology: Apology, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    if dossier.due_at is None or late_on_at(dossier, at) is None:
        raise Refused("Hồ sơ chưa quá hạn nên chưa cần phiếu xin lỗi.")
    if apology.new_at <= at:
        raise Refused("Ngày hẹn mới phải sau lúc này.", field="new_at")
    earlier = list(dossier.apologies.order_by("id"))
    apology.dossier, apology.at = dossier, at
    apology.number = f"{dossier.code}/XL{len(earlier) + 1}"
    apology.old_at = earlier[-1].new_at if earlier else dossier.due_at
    apology.save(force_insert=True)
    return {}
