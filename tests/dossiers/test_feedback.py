"""Feedback is owed its steps by its own limits; a limit that was broken is never erased; asked once, answered once."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests import builders
from tests.builders import World
from tests.house.building import PACKAGE

from namro.audit.models import Entry
from namro.dossiers.actions import feedback as verbs
from namro.dossiers.actions.feedback import FeedbackHand, Said
from namro.dossiers.actions.feedback_limits import load_feedback
from namro.dossiers.catalog import KindLimits, read_feedback
from namro.dossiers.formulas.answering import answer_by_after, late_since, owed
from namro.dossiers.models import DeskRules, Feedback, FeedbackEvent
from namro.dossiers.queries import feedback as reads
from namro.dossiers.queries.feedback import Group
from namro.dossiers.rules import FEEDBACK_TRANSITIONS, check_can_feedback
from namro.dossiers.terms import FeedbackState, FeedbackVerb
from namro.ground import clock
from namro.ground.calendar import WorkingCalendar
from namro.ground.clock import VIETNAM
from namro.ground.reviewed import FileRefused
from namro.organisation.queries import viewer
from namro.organisation.terms import Refused, Role

CALENDAR = WorkingCalendar()
WORKING = KindLimits(2, 5, 10, 15, 2, "working", "766", is_sure=True)
PLAIN = KindLimits(10, 10, 15, 40, 2, "calendar", "Luật Khiếu nại", is_sure=False)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
SENT = date(2025, 7, 9)


@given(DAYS, st.sampled_from([WORKING, PLAIN]))
def test_every_limit_ends_on_a_working_day_after_reception(received: date, limits: KindLimits) -> None:
    due = owed(received, limits, CALENDAR)
    assert received < due.judge_by <= due.asked_by <= due.answer_by
    assert all(CALENDAR.is_working(day) for day in (due.judge_by, due.asked_by, due.answer_by))


def test_tet_does_not_count() -> None:
    due = owed(date(2026, 2, 12), WORKING, CALENDAR)  # the Thursday before Tết
    assert (due.judge_by, due.asked_by) == (date(2026, 2, 23), date(2026, 2, 26))


@given(DAYS, st.integers(0, 30), st.integers(0, 60), st.sampled_from([WORKING, PLAIN]))
def test_awaiting_the_sender_never_shortens_the_answer(
    received: date, asked: int, more: int, limits: KindLimits
) -> None:
    answer_by = owed(received, limits, CALENDAR).answer_by
    on = received + timedelta(days=asked)
    moved = answer_by_after(answer_by, on, on + timedelta(days=more), limits.unit, CALENDAR)
    assert moved >= answer_by
    assert moved == answer_by or on <= answer_by


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_lateness_is_never_erased(noted: date | None, limit: date | None, day: date) -> None:
    found = late_since(noted, limit, day)
    if noted is not None:
        assert found == noted
    elif limit is not None:
        assert (found is not None) == (day > limit)


@given(st.lists(st.sampled_from([verb for verb in FeedbackVerb if verb != FeedbackVerb.SEND]), max_size=12))
def test_the_state_table_walked_at_random_answers_before_it_publishes(walk: list[FeedbackVerb]) -> None:
    class Anywhere:
        def can(self, _capability: Any) -> bool:
            return True

        def sees_unit(self, _unit: int) -> bool:
            return True

    by_sender = {row.verb for row in FEEDBACK_TRANSITIONS if row.by_sender}
    state, seen = FeedbackState.RECEIVED, [FeedbackState.RECEIVED]
    for verb in walk:
        who: Any = None if verb in by_sender else Anywhere()
        try:
            state = check_can_feedback(verb, state, 1, who).target or state
        except Refused:
            continue
        seen.append(state)
    if FeedbackState.PUBLISHED in seen:
        assert FeedbackState.ANSWERED in seen
        assert {FeedbackState.TAKEN, FeedbackState.SUPPLEMENT_ASKED} & set(seen)
    assert not (FeedbackState.RETURNED in seen and FeedbackState.PUBLISHED in seen)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("supplement_stops_clock: true", "supplement_stops_clock: có", "true hoặc false"),
        ("kind: complaint", "kind: feedback", "phải có đủ"),
        ("answer: 40", "answer: 0", "một số ngày"),
        ("    wait: 15\n", "", "wait"),
        ("unit: calendar", "unit: tuần", "“unit” phải là"),
        ("standing: unverified", "standing: chắc", "“standing” phải là"),
    ],
)
def test_a_fault_of_the_limits_is_told(tmp_path: Any, old: str, new: str, told: str) -> None:
    said = (PACKAGE / "dossiers" / "feedback.yaml").read_text(encoding="utf-8")
    assert old in said
    (tmp_path / "feedback.yaml").write_text(said.replace(old, new), encoding="utf-8")
    with pytest.raises(FileRefused, match=told):
        read_feedback(tmp_path / "feedback.yaml")


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """A small world with the package's limits, at nine of the day."""
    with clock.at(at(SENT)):
        load_feedback(PACKAGE)
        yield builders.world()


def at(day: date) -> datetime:
    """Return nine o'clock of a day."""
    return datetime.combine(day, time(9), VIETNAM)


def sent(world: World, **more: Any) -> Feedback:
    """Return a feedback to the first commune."""
    said = {
        "kind": "feedback",
        "unit": world.communes[0],
        "words": "Chờ lâu quá.",
        "sender_contact": "0900",
    } | more
    return verbs.send_feedback(Said(**said), client_id=uuid4())


def by(world: World, role: Role = Role.COMMUNE_OFFICER) -> dict[str, Any]:
    """Return who acts, with a new number of the act."""
    who = world.people[role]
    return {"hand": FeedbackHand(who, viewer(who)), "client_id": uuid4()}


def test_a_feedback_is_taken_answered_published_and_rated_in_time(world: World) -> None:
    feedback = sent(world)
    assert (feedback.judge_by, feedback.answer_by) == (date(2025, 7, 11), date(2025, 7, 30))
    verbs.take_feedback(feedback.pk, **by(world))
    with clock.at(at(date(2025, 7, 30))):
        verbs.answer_feedback(feedback.pk, words="Đã mở thêm quầy.", **by(world))
        feedback = verbs.publish_feedback(feedback.pk, words="Chờ lâu ở quầy.", **by(world))
        feedback = verbs.rate_feedback(feedback.pk, is_satisfied=True, client_id=uuid4())
    assert (feedback.state, feedback.late_on, feedback.is_satisfied) == (FeedbackState.PUBLISHED, None, True)
    assert [event.verb for event in feedback.events.all()] == [
        "send_feedback", "take_feedback", "answer_feedback", "publish_feedback", "rate_feedback",
    ]  # fmt: skip
    assert Entry.objects.filter(kind="dossiers.feedback").count() == 5


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
        feedback = verbs.publish_feedback(feedback.pk, words="Chờ lâu.", **by(world))
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
    feedback, officer = sent(world), viewer(world.people[Role.COMMUNE_OFFICER])
    assert officer is not None
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


def test_a_feedback_that_awaits_its_sender_may_be_returned(world: World) -> None:
    feedback = sent(world)
    verbs.ask_more_of_feedback(feedback.pk, words="Quầy nào?", **by(world))
    feedback = verbs.return_feedback(feedback.pk, grounds="Không rõ nơi nào.", **by(world))
    assert feedback.state == FeedbackState.RETURNED


def test_asked_for_more_too_late_is_late(world: World) -> None:
    feedback = sent(world)
    verbs.take_feedback(feedback.pk, **by(world))
    with clock.at(at(date(2025, 7, 17))):
        feedback = verbs.ask_more_of_feedback(feedback.pk, words="Quầy nào?", **by(world))
    assert feedback.late_on == date(2025, 7, 17)


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


def test_lists_show_what_is_late_though_nobody_noted_it(world: World) -> None:
    feedback, officer = sent(world), viewer(world.people[Role.COMMUNE_OFFICER])
    assert officer is not None
    assert reads.counts_of_feedback(officer, SENT)[Group.LATE] == 0
    assert reads.counts_of_feedback(officer, date(2025, 7, 12))[Group.LATE] == 1
    assert [row.pk for row in reads.page_of_feedback(officer, Group.NEW, SENT).rows] == [feedback.pk]
    other = viewer(world.people[Role.OFFICER])
    assert other is not None
    assert reads.page_of_feedback(other, Group.NEW, SENT).rows == []
    assert reads.one_feedback(other, feedback.pk) is None
    assert reads.followed(f" {feedback.code.lower()} ") == feedback


def test_pages_follow_one_another_without_gap(world: World) -> None:
    rows, officer = [sent(world) for _time in range(5)], viewer(world.people[Role.COMMUNE_OFFICER])
    assert officer is not None
    first = reads.page_of_feedback(officer, Group.NEW, SENT, size=3)
    second = reads.page_of_feedback(officer, Group.NEW, SENT, after=first.after, size=3)
    assert [row.pk for row in first.rows + second.rows] == [row.pk for row in rows]
    assert second.after == 0


def test_what_happened_is_not_changed(world: World) -> None:
    sent(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        FeedbackEvent.objects.update(words="x")
