"""Handing a question to people, with the conversation, and their answer to it."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from namro.assistant.models import HandOver
from namro.assistant.rules.masking import mask
from namro.assistant.terms import ASKER, HandOverState
from namro.audit.actions import once, record
from namro.delivery.actions import tell
from namro.delivery.terms import Level, Notice
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.queries import holders
from namro.organisation.rules import CAPABILITIES, check_inside
from namro.organisation.terms import Capability, Refused, Viewer

# Whose roles let them answer what is handed over, as on the page of these questions.
ANSWERING = frozenset(
    role for role, may in CAPABILITIES.items() if may & {Capability.WORK_TASKS, Capability.RECEIVE_DOSSIERS}
)


@once
def hand_over(
    unit: Unit, *, question: str, conversation: Sequence[dict[str, Any]], contact: str, client_id: UUID
) -> HandOver:
    """Give a question to the people of a unit, who hear of it; the contact is kept as it was given, all else without
    personal data."""
    before = HandOver.objects.filter(client_id=client_id).first()
    if before is not None:
        return before
    asked = mask(question).text.strip()[:500]
    if not asked:
        raise Refused("Hãy viết điều bạn muốn cán bộ trả lời.", field="question")
    made = HandOver.objects.create(
        client_id=client_id,
        at=clock.now(),
        unit=unit,
        question=asked,
        conversation=list(conversation),
        contact=contact.strip()[:100],
    )
    record(by=ASKER, verb="hand_over_question", obj=made, unit=unit.code)
    tell(_notices(made))
    return made


def _notices(made: HandOver) -> Iterator[Notice]:
    """One notice for each who may answer in the unit; the question itself stands on the page that it leads to."""
    for person_id in holders([made.unit_id], ANSWERING, clock.today()).get(made.unit_id, ()):
        yield Notice(
            event=f"hand_over:{made.pk}",
            topic=f"hand_over:{made.pk}",
            person_id=person_id,
            level=Level.WATCH,
            title="Có câu hỏi của người dân mà trợ lý chưa trả lời được",
            reason=f"làm việc tại {made.unit.name}",
            path=reverse("handed_questions"),
            unit_id=made.unit_id,
        )


@transaction.atomic
def reply(hand_over_id: int, *, words: str, by: Person, viewer: Viewer) -> HandOver:
    """Answer a question that was handed to one's unit; once."""
    found = HandOver.objects.select_for_update(of=("self",)).select_related("unit").get(pk=hand_over_id)
    check_inside(viewer, found.unit_id)
    if found.state != HandOverState.WAITING:
        raise Refused("Câu hỏi này đã được trả lời.")
    if not words.strip():
        raise Refused("Hãy viết câu trả lời.", field="words")
    found.state, found.reply = HandOverState.ANSWERED, words.strip()[:2000]
    found.replied_at, found.replied_by = clock.now(), by
    found.save()
    record(by=by, verb="reply_question", obj=found, unit=found.unit.code)
    return found
