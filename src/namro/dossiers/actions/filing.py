"""Verbs by which a dossier begins: kept as a draft, filed online, or received at the desk of any unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from namro.audit.actions import once
from namro.dossiers.actions.act import (
    Act,
    Done,
    Hand,
    check_act,
    event_of,
    line_of,
    lock,
    moment_for,
    perform,
    write,
)
from namro.dossiers.actions.numbering import draw_code
from namro.dossiers.actions.receiving import reception
from namro.dossiers.actions.storing import store_together
from namro.dossiers.formulas.fees import fee_of
from namro.dossiers.formulas.words import fold_words
from namro.dossiers.models import Applicant, Dossier
from namro.dossiers.queries.basis import Basis, basis_of
from namro.dossiers.queries.desk import desk_rules, record_of, text_in_force
from namro.dossiers.queries.papers import OTHER, papers_of
from namro.dossiers.queries.scope import visible_to
from namro.dossiers.terms import Channel, State, Verb
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused
from namro.procedures.models import ProcedureVersion

USED_ELSEWHERE = "Lần gửi này đã được dùng cho hồ sơ khác; hãy tải lại trang."


@dataclass(frozen=True)
class Draft:
    """What is to be filed: for which procedure, with which unit, and what was filled in. `applicant_id` says for whom,
    where it is not the applicant's own hand that files; `uses_population_data`, that the national database of the
    population told who that is."""

    procedure_code: str
    unit_id: int
    channel: str = Channel.ONLINE
    filled: Mapping[str, Any] = field(default_factory=dict)
    applicant_id: int | None = None
    needs_paper_result: bool = False
    uses_population_data: bool = False


@once
def save_draft(draft: Draft, *, hand: Hand, client_id: UUID) -> Dossier:
    """Keep a draft under its own number; the same number again keeps what is filled in now."""
    known = Dossier.objects.select_related("procedure").filter(client_id=client_id).first()
    if known is None:
        dossier = _begun(draft, hand, client_id, basis_of(draft.procedure_code, draft.unit_id, client_id))
        dossier.fee = fee_of(record_of(dossier.version), dossier.channel)
        return _entered(dossier, Act(Verb.SAVE_DRAFT, hand, None))
    _check_own(known, hand, draft)
    dossier = lock(known.pk, hand)
    act = Act(Verb.SAVE_DRAFT, hand, None)
    check_act(dossier, act)
    changed = {
        "filled": dict(draft.filled), "unit_id": draft.unit_id, "channel": draft.channel,
        "needs_paper_result": draft.needs_paper_result, "uses_population_data": draft.uses_population_data,
    }  # fmt: skip
    if all(getattr(dossier, name) == value for name, value in changed.items()):
        return dossier
    return write(dossier, act, moment_for(dossier), {**changed, "received_unit_id": draft.unit_id}).dossier


@once
def file(draft: Draft, *, hand: Hand, client_id: UUID) -> Dossier:
    """File a dossier in one go, without a draft before it; a repetition returns what the first call filed."""
    basis = basis_of(draft.procedure_code, draft.unit_id, client_id)
    if basis.known_id is not None:
        return _filed_before(basis.known_id, hand, draft)
    dossier = _begun(draft, hand, client_id, basis)
    _set(dossier, {**_filing(dossier, basis.at, basis.prefix), "state": State.SUBMITTED})
    return _entered(dossier, Act(Verb.SUBMIT, hand, None))


class OldText(Refused):
    """A draft was written under a text that holds no longer: `renew_draft` moves it, its person looks again."""

    def __init__(self) -> None:
        super().__init__(
            "Thủ tục vừa có bản mới; bản nháp đã chuyển sang bản mới. Hãy xem lại giấy tờ, phí rồi nộp."
        )


@once
def renew_draft(dossier_id: int, *, hand: Hand, client_id: UUID) -> Done:
    """Move a draft to the text that holds today: its fee, and each paper to the place of its name there, else among
    other papers."""
    return perform(dossier_id, Act(Verb.SAVE_DRAFT, hand, client_id), _renewed)


def _renewed(dossier: Dossier, at: datetime) -> dict[str, Any]:
    version = ProcedureVersion.objects.get(pk=text_in_force(dossier.procedure.code, at.date())[1])
    names = {each.key: each.name for each in papers_of(dossier.version)}
    keys = {each.name: each.key for each in papers_of(version)}
    for file in dossier.files.all():
        file.paper = keys.get(names.get(file.paper, ""), OTHER)
        file.save(update_fields=["paper"])
    return {"version_id": version.pk, "fee": fee_of(record_of(version), dossier.channel)}


@once
def submit(dossier_id: int, *, hand: Hand, client_id: UUID) -> Done:
    """File a draft under the text that holds today; refuses one whose procedure has ended meanwhile, and, for
    `renew_draft`, one whose text is no longer the one that was read."""
    return perform(dossier_id, Act(Verb.SUBMIT, hand, client_id), _filed_now)


def _filed_now(dossier: Dossier, at: datetime) -> dict[str, Any]:
    if text_in_force(dossier.procedure.code, at.date())[1] != dossier.version_id:
        raise OldText
    return _filing(dossier, at, desk_rules().code_prefix)


@once
def receive_at_desk(draft: Draft, *, hand: Hand, client_id: UUID) -> Dossier:
    """Receive a dossier that somebody brings or sends by post, here for any unit of the city (Decree 118/2025/NĐ-CP):
    it begins received, with the promised moment."""
    basis = basis_of(draft.procedure_code, draft.unit_id, client_id)
    if basis.known_id is not None:
        return _filed_before(basis.known_id, hand, draft)
    if hand.viewer is None:
        raise Refused("Chỉ cán bộ một cửa được tiếp nhận hồ sơ tại quầy.")
    check_capability(hand.viewer, Capability.RECEIVE_DOSSIERS)
    if draft.channel not in (Channel.DESK, Channel.POST):
        raise Refused("Hồ sơ tại quầy là hồ sơ trực tiếp hoặc bưu chính.", field="channel")
    dossier = _begun(draft, hand, client_id, basis, received_unit_id=hand.viewer.home_unit_id)
    at = basis.at
    _set(dossier, {**_filing(dossier, at, basis.prefix), **reception(dossier, at), "state": State.RECEIVED})
    return _entered(dossier, Act(Verb.RECEIVE, hand, None))


def _filed_before(known_id: int, hand: Hand, draft: Draft) -> Dossier:
    """What a number filed before; refuses one that somebody else used, or that is a draft still."""
    known = Dossier.objects.select_related("applicant", "procedure").get(pk=known_id)
    _check_own(known, hand, draft)
    if known.state == State.DRAFT:
        raise Refused(USED_ELSEWHERE)
    return known


def _check_own(known: Dossier, hand: Hand, draft: Draft) -> None:
    """Refuse a number that stands for somebody else's dossier, for another applicant's, or another procedure's."""
    if hand.applicant is not None:
        is_own = known.applicant_id == hand.applicant.pk
    else:
        is_own = hand.viewer is None or visible_to(hand.viewer).filter(pk=known.pk).exists()
    is_same = draft.applicant_id in (None, known.applicant_id)
    if not is_own or not is_same or known.procedure.code != draft.procedure_code:
        raise Refused(USED_ELSEWHERE)


def _begun(
    draft: Draft, hand: Hand, client_id: UUID, basis: Basis, received_unit_id: int | None = None
) -> Dossier:
    """A dossier as it begins, not stored; refuses a way of filing that there is not."""
    if draft.channel not in Channel.values:
        raise Refused("Hãy chọn cách nộp hồ sơ.", field="channel")
    return Dossier(
        id=basis.new_id, client_id=client_id, procedure=basis.procedure, version_id=basis.version_id,
        unit=basis.unit, received_unit_id=received_unit_id or draft.unit_id, channel=draft.channel,
        applicant=hand.applicant or _applicant(draft.applicant_id),
        is_eligible_online=basis.procedure.is_online, filled=dict(draft.filled), touched_at=basis.at,
        needs_paper_result=draft.needs_paper_result, uses_population_data=draft.uses_population_data,
    )  # fmt: skip


def _set(dossier: Dossier, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(dossier, name, value)


def _applicant(applicant_id: int | None) -> Applicant:
    found = Applicant.objects.filter(pk=applicant_id).first() if applicant_id is not None else None
    if found is None:
        raise Refused("Hãy ghi người nộp hồ sơ.", field="applicant")
    return found


def _filing(dossier: Dossier, at: datetime, prefix: str) -> dict[str, Any]:
    """What a dossier gets when it is filed: its code, its moment, and the words by which it is found."""
    code = draw_code(dossier.unit, at.date(), prefix)
    name = dossier.applicant.name if dossier.applicant else ""
    return {
        "code": code, "submitted_at": at, "folded": fold_words(code, dossier.procedure.name, name),
        # What was filed online never was on paper.
        "is_digitised": dossier.channel == Channel.ONLINE,
    }  # fmt: skip


def _entered(dossier: Dossier, act: Act) -> Dossier:
    """Store a new dossier with its first event and its line of the log, in one statement."""
    after = {"state": dossier.state, "procedure": dossier.procedure.code, "channel": dossier.channel}
    store_together(
        dossier, event_of(dossier, act, dossier.touched_at, ""), line_of(act, dossier, None, after)
    )
    return dossier
