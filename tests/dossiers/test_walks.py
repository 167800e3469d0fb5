"""Walks at random: whoever does whatever, whenever clocks say it is, a dossier stays one that the table allows."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.dossiers.conftest import NOW, PEOPLE, Hall

from namro.audit.models import Entry
from namro.dossiers import actions
from namro.dossiers.models import Dossier
from namro.dossiers.rules import BY_VERB, TRANSITIONS
from namro.dossiers.terms import FINAL, RUNNING, Outcome, State, Verb
from namro.ground import clock
from namro.organisation.terms import Refused

VERBS: dict[str, tuple[Any, dict[str, Any]]] = {
    "submit": (actions.submit, {}),
    "receive": (actions.receive, {}),
    "turn_away": (actions.turn_away, {"grounds": "Sai"}),
    "check": (actions.check, {}),
    "send": (actions.send, {}),
    "claim": (actions.claim, {}),
    "release": (actions.release, {}),
    "move_on": (actions.move_on, {}),
    "ask_supplement": (actions.ask_supplement, {"words": "Thiếu"}),
    "answer_supplement": (actions.answer_supplement, {}),
    "decide": (actions.decide, {}),
    "refuse": (actions.refuse, {"grounds": "Không đủ"}),
    "hand_over_result": (actions.hand_over_result, {}),
    "withdraw": (actions.withdraw, {}),
    "rate": (actions.rate, {"handling": 3, "is_settlement_liked": True}),
}
LIKELY = ["receive", "check", "send", "move_on", "ask_supplement", "answer_supplement", "decide"]
NAMES = st.sampled_from([*sorted(VERBS), *LIKELY])
HANDS = st.sampled_from(["clerk", "settler", "colleague", "head", "citizen", *PEOPLE])
# Clocks go on, stand, and jump back and forth by months.
JUMPS = st.one_of(st.integers(0, 30), st.integers(-2000, 2000))
STEPS = st.lists(st.tuples(NAMES, HANDS, JUMPS), min_size=10, max_size=24)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_whatever_is_done_a_dossier_keeps_to_the_table(hall: Hall, steps: list[tuple[str, str, int]]) -> None:
    dossier, hours = actions.save_draft(hall.draft(), **hall.by("citizen")), 0
    known_late: date | None = None
    for name, who, jump in [("submit", "citizen", 0), *steps]:
        hours += jump
        with clock.at(NOW + timedelta(hours=hours)):
            done = attempt(hall, dossier, name, who)
        version = dossier.version_no
        dossier.refresh_from_db()
        assert dossier.version_no == version + done
        check_row(dossier)
        assert known_late is None or dossier.late_on == known_late
        known_late = dossier.late_on
    check_history(dossier)


def attempt(hall: Hall, dossier: Dossier, name: str, who: str) -> bool:
    """Whether the act was done; a refusal is a sentence and leaves the row as it was."""
    verb, said = VERBS[name]
    before = Dossier.objects.filter(pk=dossier.pk).values().get()
    try:
        verb(dossier.pk, **said, **hall.by(who))
    except Refused as refusal:
        assert refusal.sentence.endswith((".", "!"))
    except Dossier.DoesNotExist:
        assert who not in ("clerk", "head", "citizen") or before["state"] == State.DRAFT
    else:
        return True
    assert Dossier.objects.filter(pk=dossier.pk).values().get() == before
    return False


def check_row(dossier: Dossier) -> None:
    """What holds of every dossier in every state."""
    assert (dossier.state == State.DRAFT) == (dossier.code is None)
    assert (dossier.finished_at is None) == (dossier.outcome is None)
    assert (dossier.state in (*FINAL, State.DECIDED)) == (dossier.finished_at is not None)
    if dossier.state in RUNNING:
        assert dossier.due_at is not None and dossier.promised_at is not None
        assert dossier.due_at >= dossier.promised_at
        assert dossier.stopped_since is None
    if dossier.state == State.RESULT_GIVEN:
        assert dossier.outcome == Outcome.GRANTED and dossier.handed_at is not None
    if dossier.state != State.IN_PROCESS and dossier.state != State.SUPPLEMENT_ASKED:
        assert dossier.holder_id is None


def check_history(dossier: Dossier) -> None:
    """Each event follows from the one before by the table, none is earlier, and the log holds each once."""
    events = list(dossier.events.order_by("id"))
    for earlier, later in pairwise(events):
        row = BY_VERB[later.verb]
        assert earlier.at <= later.at
        assert earlier.state_after == later.state_before
        assert later.state_before in row.sources
        assert row.target in (None, later.state_after)
    assert events[-1].state_after == dossier.state
    assert len(events) == dossier.version_no
    logged = Entry.objects.filter(kind="dossiers.dossier", key=str(dossier.pk)).order_by("id")
    assert list(logged.values_list("verb", flat=True)) == [event.verb for event in events]


def test_every_state_is_reached_and_left_by_the_table() -> None:
    reached, grown = {State.DRAFT}, True
    while grown:
        found = {
            row.target for row in TRANSITIONS if row.target is not None and reached & set(row.sources)
        } - reached
        reached, grown = reached | found, bool(found)
    assert reached == set(State)
    leaving = {source for row in TRANSITIONS if row.target is not None for source in row.sources}
    assert set(State) - leaving == set(FINAL)
    assert set(BY_VERB) == set(Verb)
