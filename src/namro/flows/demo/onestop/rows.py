"""From lives to rows: the dossier as it stands at the last moment, its events, and what belongs to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from namro.dossiers.formulas.words import fold_words
from namro.dossiers.terms import Outcome, PaymentState, State, Verb
from namro.flows.demo.onestop.lives import Step, Telling, Values

SPACE = UUID("6f1b0f0e-57a3-5f57-9a57-0d57e57a1557")
GATEWAY = "Cổng thanh toán mô phỏng"
NOTHING = "{}"  # as JSON
MISSING = "Bổ sung giấy tờ còn thiếu theo thành phần hồ sơ."
REASON = "Hồ sơ phải xác minh thêm tại nơi cư trú cũ."

# What a dossier is before anything happened to it.
BLANK: Mapping[str, Any] = {
    "state": State.SUBMITTED.value, "desk_id": None, "desk_since": None, "desk_due_at": None, "holder_id": None,
    "received_at": None, "promised_at": None, "due_at": None, "stopped_since": None, "decided_at": None,
    "finished_at": None, "handed_at": None, "late_on": None, "supplements": 0, "outcome": None, "limit_words": "",
    "limit_is_default": False, "fee": None, "fee_paid_at": None, "paid_online": False, "needs_paper_result": False,
    "result_is_electronic": False, "is_digitised": False, "certified_copies": 0, "reused_papers": 0,
    "uses_population_data": False, "synced_at": None, "filled": NOTHING, "version_no": 1, "is_synthetic": True,
}  # fmt: skip
OWN = (
    "id client_id code procedure_id version_id unit_id received_unit_id applicant_id channel submitted_at touched_at "
    "is_eligible_online folded"
).split()
DOSSIER = (*OWN, *BLANK)
EVENT = "dossier_id client_id at verb by_id state_before state_after desk_id due_at detail".split()
SUPPLEMENT = "dossier_id number words asked_at asked_by_id answered_at answer state_before".split()
PAYMENT = "dossier_id client_id reference amount state gateway gateway_number at heard_at".split()
SATISFACTION = "dossier_id client_id handling is_settlement_liked words at".split()
APOLOGY = "dossier_id client_id number old_at new_at reason at signed_by_id".split()


@dataclass
class Written:
    """Rows by table, as they are copied."""

    dossiers: list[Sequence[Any]] = field(default_factory=list)
    events: list[Sequence[Any]] = field(default_factory=list)
    supplements: list[Sequence[Any]] = field(default_factory=list)
    payments: list[Sequence[Any]] = field(default_factory=list)
    satisfactions: list[Sequence[Any]] = field(default_factory=list)
    apologies: list[Sequence[Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Named:
    """What a dossier is called: its keys, its code, and who filed it."""

    pk: int
    code: str
    applicant_id: int
    applicant: str


def write(written: Written, telling: Telling, steps: Sequence[Step], named: Named, cut: datetime) -> None:
    """Write a life as far as it has come by the cut."""
    done = [step for step in steps if step.at <= cut]
    values = dict(BLANK)
    for number, step in enumerate(done):
        before = values["state"] if number else ""
        values |= step.changes | ({"state": step.state.value} if step.state else {})
        written.events.append(_event(named.pk, step, before, values))
    values["version_no"] = max(1, len(done))
    last = max((step.at for step in done), default=telling.filing.at)
    written.dossiers.append(_dossier(telling, named, values, last))
    _supplements(written, telling, named.pk, cut)
    _payment(written, named, values, done)
    _said(written, telling, named, values, cut)
    _apology(written, telling, named, values, cut)


def _event(pk: int, step: Step, before: str, values: Values) -> Sequence[Any]:
    return (
        pk, None, step.at, step.verb.value, step.by, before, values["state"], values["desk_id"], values["due_at"],
        NOTHING,
    )  # fmt: skip


def _dossier(telling: Telling, named: Named, values: Values, last: datetime) -> Sequence[Any]:
    procedure, unit = telling.kind.procedure, telling.place.unit
    own = (
        named.pk, uuid5(SPACE, named.code), named.code, procedure.pk, procedure.current_id, unit.pk, unit.pk,
        named.applicant_id, telling.filing.channel.value, telling.filing.at, last, procedure.is_online,
        fold_words(named.code, procedure.name, named.applicant),
    )  # fmt: skip
    return (*own, *values.values())


def _supplements(written: Written, telling: Telling, pk: int, cut: datetime) -> None:
    for number, (asked, answered) in enumerate(telling.supplements, start=1):
        if asked <= cut:
            back = (answered, "Đã bổ sung.") if answered <= cut else (None, "")
            by = telling.officer()
            written.supplements.append((pk, number, MISSING, asked, by, *back, State.IN_PROCESS.value))


def _payment(written: Written, named: Named, values: Values, done: Sequence[Step]) -> None:
    at = values["fee_paid_at"]
    if at is None:
        return
    online = any(step.verb is Verb.HEAR_PAYMENT for step in done)
    told = (GATEWAY, f"MP{named.pk:09d}") if online else ("", "")
    reference = f"MP-{named.code[-11:]}-{named.pk}"
    client_id = uuid5(SPACE, f"pay/{named.code}")
    row = (named.pk, client_id, reference, values["fee"], PaymentState.PAID.value, *told, at, at)
    written.payments.append(row)


def _said(written: Written, telling: Telling, named: Named, values: Values, cut: datetime) -> None:
    """Some say how they were served, within three days of the end; those whose dossier was late are less content."""
    ended = values["handed_at"] or (
        values["finished_at"] if values["outcome"] == Outcome.REFUSED.value else None
    )
    if ended is None or not telling.by_chance("rated"):
        return
    at = ended + timedelta(hours=telling.random.uniform(0.1, 72))
    disliked = telling.by_chance("disliked_when_late" if values["late_on"] else "disliked")
    if at <= cut:
        handling = telling.random.choice((1, 2, 2, 3)) if disliked else telling.random.choice((4, 5, 5, 5))
        client_id = uuid5(SPACE, f"rate/{named.code}")
        written.satisfactions.append((named.pk, client_id, handling, not disliked, "", at))


def _apology(written: Written, telling: Telling, named: Named, values: Values, cut: datetime) -> None:
    """An apology is signed the working day after a dossier became late, where it is not settled by then."""
    if values["late_on"] is None or not telling.by_chance("apology"):
        return
    at = telling.later(telling.due_at, 1, 4)
    signer = telling.officer()
    is_over = values["finished_at"] is not None and values["finished_at"] <= at
    if at > cut or signer is None or is_over or telling.due_at > at:
        return
    new_at = telling.later(at, 8, 24)
    client_id = uuid5(SPACE, f"apology/{named.code}")
    number = f"{named.code}/XL1"
    written.apologies.append((named.pk, client_id, number, telling.due_at, new_at, REASON, at, signer))


def dice(seed: str, *words: str) -> Random:
    """Return dice that depend on the seed and the words only."""
    return Random("/".join((seed, *words)))  # noqa: S311 - repeatable on purpose
