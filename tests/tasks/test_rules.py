"""The state table and the spans of the six states, without a database."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.ground.calendar import WorkingCalendar
from namro.organisation.rules import CAPABILITIES
from namro.organisation.terms import Refused, Role, Viewer
from namro.tasks.rules import (
    BY_VERB,
    check_can,
    check_days,
    check_mark,
    check_new_due,
    check_no_cycle,
    spans_of,
    standing_after,
    state_of,
)
from namro.tasks.terms import FOREVER, Event, Stage, State, Verb

CALENDAR = WorkingCalendar()
DUE = date(2025, 6, 30)


def first_late_day(due: date) -> date:
    return CALENDAR.next_working(due) + timedelta(days=1)


def spans(*events: Event) -> list[tuple[State, date, date]]:
    found = spans_of(standing_after(events, first_late_day))
    return [(span.state, span.start, span.end) for span in found]


def state_on(day: date, *events: Event) -> State | None:
    return next((state for state, start, end in spans(*events) if start <= day < end), None)


def issued(day: date = date(2025, 3, 3), due: date = DUE) -> Event:
    return Event(Verb.ISSUE, day, due)


def test_a_task_nobody_touches_becomes_late_the_day_after_its_due_date():
    assert spans(issued()) == [
        (State.NOT_STARTED, date(2025, 3, 3), date(2025, 7, 1)),
        (State.NOT_STARTED_LATE, date(2025, 7, 1), FOREVER),
    ]


def test_a_due_date_on_a_sunday_runs_to_the_end_of_monday():
    assert state_on(date(2025, 6, 30), issued(due=date(2025, 6, 29))) == State.NOT_STARTED
    assert state_on(date(2025, 7, 1), issued(due=date(2025, 6, 29))) == State.NOT_STARTED_LATE


def test_what_was_handed_in_on_time_does_not_become_late_while_it_waits_for_its_judge():
    events = [issued(), Event(Verb.ACCEPT, date(2025, 3, 4)), Event(Verb.SUBMIT, DUE)]
    assert state_on(date(2025, 7, 20), *events) == State.IN_PROGRESS
    accepted = [*events, Event(Verb.APPROVE, date(2025, 7, 21))]
    assert state_on(date(2025, 7, 21), *accepted) == State.DONE


def test_what_was_returned_is_late_from_the_day_of_its_return_if_the_due_date_has_passed():
    events = [
        issued(),
        Event(Verb.ACCEPT, date(2025, 3, 4)),
        Event(Verb.SUBMIT, DUE),
        Event(Verb.RETURN, date(2025, 7, 10)),
    ]
    assert state_on(date(2025, 7, 9), *events) == State.IN_PROGRESS
    assert state_on(date(2025, 7, 10), *events) == State.IN_PROGRESS_LATE


def test_done_late_stays_done_late():
    events = [
        issued(),
        Event(Verb.ACCEPT, date(2025, 3, 4)),
        Event(Verb.SUBMIT, date(2025, 7, 2)),
        Event(Verb.APPROVE, date(2025, 7, 3)),
    ]
    assert state_on(date(2025, 7, 2), *events) == State.IN_PROGRESS_LATE
    assert state_on(date(2026, 7, 3), *events) == State.DONE_LATE


def test_an_extension_ends_the_lateness_of_today_but_not_that_of_yesterday():
    events = [issued(), Event(Verb.GRANT_EXTENSION, date(2025, 7, 10), date(2025, 8, 29))]
    assert state_on(date(2025, 7, 9), *events) == State.NOT_STARTED_LATE
    assert state_on(date(2025, 7, 10), *events) == State.NOT_STARTED
    assert state_on(date(2025, 8, 30), *events) == State.NOT_STARTED_LATE


def test_a_withdrawn_task_is_no_longer_counted_but_was():
    events = [issued(), Event(Verb.WITHDRAW, date(2025, 5, 5))]
    assert state_on(date(2025, 5, 4), *events) == State.NOT_STARTED
    assert state_on(date(2025, 5, 5), *events) is None


LIFE = st.lists(
    st.tuples(
        st.sampled_from(
            [
                Verb.ACCEPT,
                Verb.REPORT,
                Verb.SUBMIT,
                Verb.APPROVE,
                Verb.RETURN,
                Verb.GRANT_EXTENSION,
                Verb.WITHDRAW,
            ]
        ),
        st.integers(0, 60),
        st.integers(1, 200),
    ),
    max_size=12,
)


def lived(steps: list[tuple[Verb, int, int]]) -> list[Event]:
    """A life as the rooms above would let it happen: only verbs that the state table allows."""
    events, stage, day = [issued()], Stage.ISSUED, date(2025, 3, 3)
    for verb, wait, more in steps:
        row = BY_VERB[verb]
        if stage not in row.sources:
            continue
        day += timedelta(days=wait)
        due = DUE + timedelta(days=more) if verb == Verb.GRANT_EXTENSION else None
        events.append(Event(verb, day, due))
        stage = row.target or stage
    return events


@given(LIFE)
def test_spans_are_gapless_from_issue_and_end_only_by_withdrawal(steps):
    events = lived(steps)
    found = spans(*events)
    for (_, _, end), (_, start, _) in pairwise(found):
        assert end == start
    withdrawn = [event.day for event in events if event.verb == Verb.WITHDRAW]
    if found:
        assert found[0][1] == events[0].day
        assert found[-1][2] == (withdrawn[0] if withdrawn else FOREVER)
    assert all(start < end for _, start, end in found)


@given(LIFE, st.integers(0, 900))
def test_the_span_of_a_day_says_what_the_columns_said_on_that_day(steps, offset):
    events = lived(steps)
    day = events[0].day + timedelta(days=offset)
    standing = [standing for at, standing in standing_after(events, first_late_day) if at <= day][-1]
    assert state_on(day, *events) == state_of(standing.stage, standing.late_from, standing.done_late, day)


@given(LIFE)
def test_once_finished_late_never_on_time(steps):
    states = [state for state, _, _ in spans(*lived(steps))]
    if State.DONE_LATE in states:
        assert State.DONE not in states


class Facts:
    def __init__(self, stage: str, lead: int = 7) -> None:
        self.stage, self.mark, self.lead_unit_id, self.lead_person_id = stage, "normal", lead, None


def someone(role: Role, units: frozenset[int] | None, posts: frozenset[int] = frozenset({1})) -> Viewer:
    return Viewer(1, role, CAPABILITIES[role], 1, "VN/", 1, "Đà Nẵng", "VN/48/", units, posts)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", list(BY_VERB))
def test_nobody_acts_from_a_stage_that_the_table_does_not_name(role, verb):
    for stage in set(Stage) - set(BY_VERB[verb].sources):
        with pytest.raises(Refused):
            check_can(Verb(verb), Facts(stage), someone(role, None))


def test_the_inspector_reads_all_and_writes_nothing():
    for row in BY_VERB.values():
        for stage in row.sources:
            with pytest.raises(Refused):
                check_can(row.verb, Facts(stage), someone(Role.INSPECTOR, None))


def test_an_officer_of_another_unit_cannot_accept():
    with pytest.raises(Refused, match="đơn vị khác"):
        check_can(Verb.ACCEPT, Facts(Stage.ISSUED, lead=7), someone(Role.OFFICER, frozenset({8})))
    check_can(Verb.ACCEPT, Facts(Stage.ISSUED, lead=7), someone(Role.OFFICER, frozenset({7})))


def test_the_owner_does_not_judge_the_owners_result():
    with pytest.raises(Refused, match="không tự công nhận"):
        check_can(
            Verb.APPROVE, Facts(Stage.SUBMITTED, lead=7), someone(Role.SECRETARIAT, None, frozenset({7}))
        )
    check_can(Verb.APPROVE, Facts(Stage.SUBMITTED, lead=7), someone(Role.SECRETARIAT, None, frozenset({1})))


@pytest.mark.parametrize("words", ["top_secret", "Tuyệt mật", "tuyet mat", "TUYỆT MẬT"])
def test_top_secret_stays_out(words):
    with pytest.raises(Refused, match="tuyệt mật"):
        check_mark(words)


def test_impossible_days_are_refused_with_both_days():
    with pytest.raises(Refused, match=r"09/07/2025.*10/07/2025"):
        check_days(date(2025, 7, 10), date(2025, 7, 9))
    with pytest.raises(Refused, match="phải sau"):
        check_new_due(DUE, DUE)


def test_a_cycle_of_parents_is_refused():
    with pytest.raises(Refused, match="vòng"):
        check_no_cycle(3, [5, 4, 3])
    check_no_cycle(None, [5, 4, 3])
    check_no_cycle(9, [5, 4, 3])
