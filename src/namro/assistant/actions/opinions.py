"""What people think of an answer, and what the editors did about it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from namro.assistant.models import Opinion, Turn
from namro.assistant.rules.masking import mask
from namro.assistant.terms import ASKER, OWN, OpinionState, Why
from namro.audit.actions import once, record
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Viewer


@once
def give_opinion(
    turn_key: UUID,
    *,
    is_useful: bool,
    why: str,
    words: str,
    question: str,
    answer: Mapping[str, Any],
    client_id: UUID,
) -> Opinion:
    """Keep one opinion on an answer for the editors, its words without personal data; sent twice it is kept once."""
    before = Opinion.objects.filter(client_id=client_id).first()
    if before is not None:
        return before
    turn = Turn.objects.select_for_update().filter(key=turn_key).first()
    if turn is None:
        raise Refused("Câu trả lời này không còn trong sổ; hãy hỏi lại rồi gửi ý kiến.")
    if Opinion.objects.filter(turn=turn).exists():
        raise Refused("Bạn đã cho ý kiến về câu trả lời này rồi.")
    made = Opinion.objects.create(
        client_id=client_id,
        turn=turn,
        at=clock.now(),
        is_useful=is_useful,
        why="" if is_useful or why not in Why.values else why,
        words=mask(words).text[:500],
        question=mask(question).text[:500],
        answer=_kept(answer),
    )
    record(by=ASKER, verb="give_opinion", obj=made)
    return made


def _kept(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What the editors see of an answer; of tasks and figures only its kind, for they were the asker's alone to see."""
    if answer["kind"] in OWN:
        return {"kind": answer["kind"], "items": [], "sentences": []}
    return dict(answer)


@transaction.atomic
def settle_opinion(
    opinion_id: int, *, state: OpinionState, deed: str, expected: str, by: Person, viewer: Viewer
) -> Opinion:
    """Say what was mended, or why nothing was; `expected` is the procedure or article that answers the question."""
    check_capability(viewer, Capability.PUBLISH_PROCEDURES)
    opinion = Opinion.objects.select_for_update().get(pk=opinion_id)
    if opinion.state != OpinionState.WAITING:
        raise Refused("Ý kiến này đã được xem; hãy mở lại trang để thấy ai đã xem và làm gì.")
    if not deed.strip():
        raise Refused("Hãy ghi đã sửa gì, hoặc vì sao giữ nguyên.", field="deed")
    opinion.state, opinion.deed, opinion.expected = state, deed.strip()[:500], expected.strip()[:100]
    opinion.looked_at, opinion.looked_by = clock.now(), by
    opinion.save()
    record(by=by, verb="settle_opinion", obj=opinion, after={"state": state, "expected": opinion.expected})
    return opinion
