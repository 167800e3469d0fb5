"""A limit of feedback that was broken is noted since its day; days of waiting for the sender do not count."""

from datetime import date
from uuid import uuid4

import pytest
from tests.builders import World, seen_by
from tests.dossiers.feedback_desk import SENT, at, by, sent

from namro.dossiers.actions import feedback as verbs
from namro.dossiers.models import DeskRules
from namro.dossiers.queries import feedback as reads
from namro.dossiers.queries.feedback import Group
from namro.dossiers.terms import FeedbackState
from namro.ground import clock
from namro.organisation.terms import Refused, Role


@pytest.mark.parametrize(
    ("taken", "answered", "published", "late_on"),
    [
        (date(2025, 7, 14), date(2025, 7, 15), date(2025, 7, 15), date(2025, 7, 12)),
        (date(2025, 7, 10), date(2025, 7, 31), date(2025, 7, 31), date(2025, 7, 31)),
        (date(2025, 7, 10), date(2025, 7, 10), date(2025, 7, 15), date(2025, 7, 15)),
    ],
)
def test_each_broken_limit_is_noted_since_its_own_day(
    world: World, taken: date, answered: date, published: date, late_on: date
) -> None:
    feedback = sent(world)
    with clock.at(at(taken)):
        verbs.take_feedback(feedback.pk, **by(world))
    with clock.at(at(answered)):
        verbs.answer_feedback(feedback.pk, words="Đã sửa.", **by(world))
    with clock.at(at(published)):
        feedback = verbs.publish_feedback(feedback.pk, words="Chờ lâu.", answer="Đã sửa.", **by(world))
    assert feedback.late_on == late_on


def test_more_is_asked_once_and_the_days_of_waiting_do_not_count(world: World) -> None:
    feedback = sent(world)
    verbs.ask_more_of_feedback(feedback.pk, words="Quầy nào?", **by(world))
    with clock.at(at(date(2025, 7, 16))):
        feedback = verbs.add_to_feedback(feedback.pk, words="Quầy 3.", client_id=uuid4())
    assert (feedback.state, feedback.answer_by) == (FeedbackState.TAKEN, date(2025, 8, 6))
    assert feedback.late_on is None
    with pytest.raises(Refused, match="một lần"):
        verbs.ask_more_of_feedback(feedback.pk, words="Mấy giờ?", **by(world))


def test_a_silent_sender_is_awaited_for_so_long_and_then_the_answer_is_owed(world: World) -> None:
    feedback, officer = sent(world), seen_by(world.people[Role.COMMUNE_OFFICER])
    feedback = verbs.ask_more_of_feedback(feedback.pk, words="Quầy nào?", **by(world))
    assert (feedback.add_by, feedback.answer_by) == (date(2025, 7, 23), date(2025, 8, 13))
    assert reads.counts_of_feedback(officer, date(2025, 8, 13))[Group.LATE] == 0
    assert reads.counts_of_feedback(officer, date(2025, 8, 14))[Group.LATE] == 1
    with clock.at(at(date(2025, 8, 14))):
        feedback = verbs.answer_feedback(feedback.pk, words="Theo những gì đã có.", **by(world))
    assert (feedback.state, feedback.late_on) == (FeedbackState.ANSWERED, date(2025, 8, 14))


@pytest.mark.parametrize("added", [date(2025, 7, 23), date(2025, 7, 25)])
def test_added_on_the_last_day_or_later_the_answer_has_no_more_room(world: World, added: date) -> None:
    feedback = sent(world)
    verbs.ask_more_of_feedback(feedback.pk, words="Quầy nào?", **by(world))
    with clock.at(at(added)):
        feedback = verbs.add_to_feedback(feedback.pk, words="Quầy 3.", client_id=uuid4())
    assert (feedback.answer_by, feedback.answer_by_unasked) == (date(2025, 8, 13), date(2025, 7, 30))


def test_where_the_clock_does_not_stop_asking_moves_nothing(world: World) -> None:
    row = DeskRules.objects.get(code="feedback")
    row.body["supplement_stops_clock"] = False
    row.save()
    feedback = verbs.ask_more_of_feedback(sent(world).pk, words="Quầy nào?", **by(world))
    assert feedback.answer_by == feedback.answer_by_unasked == date(2025, 7, 30)
    with clock.at(at(date(2025, 7, 16))):
        feedback = verbs.add_to_feedback(feedback.pk, words="Quầy 3.", client_id=uuid4())
    assert feedback.answer_by == date(2025, 7, 30)


def test_asked_for_more_too_late_is_late(world: World) -> None:
    feedback = sent(world)
    verbs.take_feedback(feedback.pk, **by(world))
    with clock.at(at(date(2025, 7, 17))):
        feedback = verbs.ask_more_of_feedback(feedback.pk, words="Quầy nào?", **by(world))
    assert feedback.late_on == date(2025, 7, 17)


def test_lists_show_what_is_late_though_nobody_noted_it(world: World) -> None:
    feedback, officer = sent(world), seen_by(world.people[Role.COMMUNE_OFFICER])
    assert reads.counts_of_feedback(officer, SENT)[Group.LATE] == 0
    assert reads.counts_of_feedback(officer, date(2025, 7, 12))[Group.LATE] == 1
    assert [row.pk for row in reads.page_of_feedback(officer, Group.NEW, SENT).rows] == [feedback.pk]
    other = seen_by(world.people[Role.OFFICER])
    assert reads.page_of_feedback(other, Group.NEW, SENT).rows == []
    assert reads.one_feedback(other, feedback.pk) is None
    assert reads.followed(f" {feedback.code.lower()} ") == feedback
