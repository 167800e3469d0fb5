"""Verbs that move a dossier between desks, people and units."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from namro.audit.actions import once
from namro.dossiers.actions.act import Act, Done, Hand, perform
from namro.dossiers.formulas.promising import desk_due
from namro.dossiers.models import DeskStep, Dossier
from namro.dossiers.queries import today
from namro.dossiers.queries.desk import next_desk
from namro.dossiers.rules import check_words
from namro.dossiers.terms import Verb
from namro.organisation.models import Person, Unit
from namro.organisation.queries import people_of, working_calendar
from namro.organisation.terms import Refused


def onwards(dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    """What a dossier gets at the next desk of its route: nobody holds it there yet."""
    desk = next_desk(dossier)
    if desk is None:
        raise Refused("Hồ sơ đang ở bàn cuối của quy trình; hãy quyết định kết quả.")
    return arrival(dossier, desk, at)


def arrival(dossier: Dossier, desk: DeskStep, at: datetime) -> dict[str, Any]:
    """What a dossier gets at a desk, with the end of the desk's share of its limit."""
    if dossier.due_at is None or dossier.received_at is None:
        raise ValueError("a running dossier has its moments")
    due = desk_due(at, dossier.due_at, dossier.received_at, float(desk.share), working_calendar())
    return {"desk": desk, "desk_since": at, "desk_due_at": due, "holder": None}


@once
def move_on(
    dossier_id: int, *, hand: Hand, client_id: UUID, words: str = "", version: int | None = None
) -> Done:
    """Pass a dossier on to the next desk of its route."""
    return perform(dossier_id, Act(Verb.MOVE_ON, hand, client_id, version, {"words": words.strip()}), onwards)


@once
def claim(dossier_id: int, *, hand: Hand, client_id: UUID, version: int | None = None) -> Done:
    """Take a dossier from the desk into one's own hands; of two who take it at once one is refused."""
    act = Act(Verb.CLAIM, hand, client_id, version)
    return perform(dossier_id, act, lambda dossier, at: {"holder": hand.person})


@once
def release(dossier_id: int, *, hand: Hand, client_id: UUID, version: int | None = None) -> Done:
    """Put a dossier back on the desk."""
    act = Act(Verb.RELEASE, hand, client_id, version)
    return perform(dossier_id, act, lambda dossier, at: {"holder": None})


def reassign_many(
    dossier_ids: Iterable[int], *, to: Person | None, reason: str, hand: Hand, client_id: UUID
) -> tuple[list[Done], list[tuple[int, str]]]:
    """Reassign each of the dossiers that may be; return those done and, for the others, the sentence why not."""
    done: list[Done] = []
    refused: list[tuple[int, str]] = []
    for dossier_id in sorted(set(dossier_ids)):
        number = uuid5(client_id, str(dossier_id))
        try:
            done.append(reassign(dossier_id, to=to, reason=reason, hand=hand, client_id=number))
        except Refused as refusal:
            refused.append((dossier_id, refusal.sentence))
    return done, refused


@once
def reassign(dossier_id: int, *, to: Person | None, reason: str, hand: Hand, client_id: UUID) -> Done:
    """Give a dossier that somebody holds to another of the unit (None: back to the desk), because the holder is away
    or too much waits with them."""
    words = check_words(reason, "Hãy ghi lý do giao lại hồ sơ.", field="reason")
    act = Act(Verb.REASSIGN, hand, client_id, detail={"words": words, "to": str(to or "")})
    return perform(dossier_id, act, partial(_given, to))


def _given(to: Person | None, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    if to is not None and not people_of([dossier.unit_id], at.date()).filter(pk=to.pk).exists():
        raise Refused(f"{to} không giữ chức vụ nào ở {dossier.unit}.", field="to")
    return {"holder": to}


@once
def transfer(
    dossier_id: int, *, unit: Unit, reason: str, hand: Hand, client_id: UUID, version: int | None = None
) -> Done:
    """Pass a dossier to the unit that has the authority; its clock runs on, what was promised stays promised."""
    words = check_words(reason, "Hãy ghi lý do chuyển hồ sơ.", field="reason")
    act = Act(Verb.TRANSFER, hand, client_id, version, {"words": words, "unit": unit.code})
    return perform(dossier_id, act, partial(_transferred, unit))


def _transferred(unit: Unit, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    if unit.pk == dossier.unit_id:
        raise Refused("Hồ sơ đang ở chính đơn vị này; hãy chọn đơn vị khác.", field="unit")
    if unit.valid_to is not None and unit.valid_to <= today.today():
        raise Refused(f"{unit} không còn hoạt động; hãy chọn đơn vị kế thừa.", field="unit")
    return {"unit": unit, "desk": None, "desk_since": None, "desk_due_at": None, "holder": None}
