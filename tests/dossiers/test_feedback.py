"""Feedback is sent, answered and published once, by those who may, and found again."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.builders import World, seen_by
from tests.dossiers.feedback_desk import SENT, at, by, sent

from namro.audit.models import Entry
from namro.dossiers.actions import feedback as verbs
from namro.dossiers.actions.feedback import Said
from namro.dossiers.models import Feedback, FeedbackEvent
from namro.dossiers.queries import feedback as reads
from namro.dossiers.queries.feedback import Group
from namro.dossiers.terms import FeedbackState
from namro.ground import clock
from namro.organisation.terms import Refused, Role


def test_a_feedback_is_taken_answered_published_and_rated_in_time(world: World) -> None:
    feedback = sent(world)
    assert (feedback.judge_by, feedback.answer_by) == (date(2025, 7, 11), date(2025, 7, 30))
    verbs.take_feedback(feedback.pk, **by(world))
    with clock.at(at(date(2025, 7, 30))):
        verbs.answer_feedback(feedback.pk, words="Đã mở thêm quầy.", **by(world))
        feedback = verbs.publish_feedback(feedback.pk, words="Chờ lâu ở quầy.", answer="Đã sửa.", **by(world))
        feedback = verbs.rate_feedback(feedback.pk, is_satisfied=True, client_id=uuid4())
    assert (feedback.state, feedback.late_on, feedback.is_satisfied) == (FeedbackState.PUBLISHED, None, True)
    assert [event.verb for event in feedback.events.all()] == [
        "send_feedback", "take_feedback", "answer_feedback", "publish_feedback", "rate_feedback",
    ]  # fmt: skip
    assert Entry.objects.filter(kind="dossiers.feedback").count() == 5


def test_a_feedback_that_awaits_its_sender_may_be_returned(world: World) -> None:
    feedback = sent(world)
    verbs.ask_more_of_feedback(feedback.pk, words="Quầy nào?", **by(world))
    feedback = verbs.return_feedback(feedback.pk, grounds="Không rõ nơi nào.", **by(world))
    assert feedback.state == FeedbackState.RETURNED


def test_a_repeated_feedback_is_returned_with_the_one_before(world: World) -> None:
    first, second = sent(world), sent(world)
    with pytest.raises(Refused, match="Không có ý kiến số"):
        verbs.return_feedback(second.pk, grounds="Đã trả lời rồi.", repeats=second.pk, **by(world))
    second = verbs.return_feedback(second.pk, grounds="Đã trả lời rồi.", repeats=first.pk, **by(world))
    assert (second.state, second.repeats) == (FeedbackState.RETURNED, first)


def test_pressed_twice_it_is_done_once_and_rated_once(world: World) -> None:
    number = uuid4()
    said = Said("feedback", world.communes[0], "Chờ lâu quá.")
    assert verbs.send_feedback(said, client_id=number) == verbs.send_feedback(said, client_id=number)
    feedback, act = Feedback.objects.get(), by(world)
    for _time in range(2):
        verbs.take_feedback(feedback.pk, **act)
    verbs.answer_feedback(feedback.pk, words="Đã sửa.", **by(world))
    rating = uuid4()
    for _time in range(2):
        verbs.rate_feedback(feedback.pk, is_satisfied=False, client_id=rating)
    with pytest.raises(Refused, match="chỉ hỏi một lần"):
        verbs.rate_feedback(feedback.pk, is_satisfied=True, client_id=uuid4())
    assert FeedbackEvent.objects.count() == 4


def test_only_officers_of_the_unit_answer_and_only_the_sender_rates(world: World) -> None:
    feedback = sent(world)
    with pytest.raises(Refused):
        verbs.take_feedback(feedback.pk, **by(world, Role.CLERK))
    with pytest.raises(Feedback.DoesNotExist):
        verbs.take_feedback(feedback.pk, **by(world, Role.OFFICER))
    with pytest.raises(Refused, match="Mới nhận"):
        verbs.rate_feedback(feedback.pk, is_satisfied=True, client_id=uuid4())


def test_two_officers_one_of_whom_saw_an_old_version(world: World) -> None:
    feedback = sent(world)
    verbs.take_feedback(feedback.pk, version=1, **by(world))
    with pytest.raises(Refused, match="người khác cập nhật"):
        verbs.answer_feedback(feedback.pk, words="Đã sửa.", version=1, **by(world))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "khen"}, "kind"),
        ({"kind": "complaint"}, "dossier"),
        ({"words": " "}, "words"),
        ({"words": "a" * 4001}, "words"),
    ],
)
def test_what_cannot_be_received_is_refused_beside_its_field(
    world: World, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        sent(world, **more)
    assert refusal.value.field == field


def test_pages_follow_one_another_without_gap(world: World) -> None:
    rows, officer = [sent(world) for _time in range(5)], seen_by(world.people[Role.COMMUNE_OFFICER])
    first = reads.page_of_feedback(officer, Group.NEW, SENT, size=3)
    second = reads.page_of_feedback(officer, Group.NEW, SENT, after=first.after, size=3)
    assert [row.pk for row in first.rows + second.rows] == [row.pk for row in rows]
    assert second.after == 0


def test_what_happened_is_not_changed(world: World) -> None:
    sent(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        FeedbackEvent.objects.update(words="x")
