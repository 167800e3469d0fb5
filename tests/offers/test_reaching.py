"""Nobody is reached without a consent that stands on the day; every other reason has its name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.offers.material import ALWAYS, BASIS, ENDS, TODAY, facts, rule

from namro.ground.calendar import WorkingCalendar
from namro.offers.formulas.reaching import verdicts
from namro.offers.rules import (
    check_can_launch,
    check_consent_days,
    check_in_time,
    check_window,
    holds,
    lost_quotes,
    state_after,
)
from namro.offers.terms import Agreed, Facts, OfferState, OfferVerb, Outcome, RunState, Standing, Window
from namro.organisation.terms import Refused

CALENDAR = WorkingCalendar()
WINDOW = Window(TODAY, date(2025, 9, 30))
DAY = timedelta(days=1)
DATES = st.dates(date(2024, 1, 1), date(2026, 12, 31))
CONSENTS = st.builds(Agreed, first=DATES, last=DATES, withdrawn=st.none() | DATES)


def outcomes(*entries: Facts) -> list[Outcome]:
    """Return what the rule comes to for each entry that falls into the window."""
    return [each.outcome for each in verdicts(rule(), entries, WINDOW, CALENDAR)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Outcome.REACHED),
        ({"agreed": ()}, Outcome.NO_CONSENT),
        ({"agreed": (Agreed(date(2025, 8, 1), date(2026, 1, 1)),)}, Outcome.NO_CONSENT),
        ({"agreed": (replace(ALWAYS, withdrawn=date(2025, 7, 1)),)}, Outcome.WITHDRAWN),
        ({"agreed": (replace(ALWAYS, last=date(2025, 7, 1)),)}, Outcome.CONSENT_ENDED),
        ({"never_again": True}, Outcome.NEVER_AGAIN),
        ({"offered": frozenset({ENDS})}, Outcome.ALREADY_OFFERED),
        ({"filed": (date(2025, 7, 1),)}, Outcome.HAS_DOSSIER),
        ({"filed": (date(2024, 7, 1),)}, Outcome.REACHED),
    ],
)
def test_the_first_reason_counts(changed: dict[str, object], expected: Outcome) -> None:
    assert outcomes(facts(**changed)) == [expected]


def test_a_dossier_that_could_not_be_prefilled_is_not_offered() -> None:
    asked = rule(prefill={"so": "so_cuoi"})
    entries = [facts(words={"so_cuoi": " "}), facts(words={"so_cuoi": "7"})]
    assert [each.outcome for each in verdicts(asked, entries, WINDOW, CALENDAR)] == [
        Outcome.MISSING,
        Outcome.REACHED,
    ]


def test_entries_the_rule_is_not_about_are_not_counted() -> None:
    about = rule(where={"so_cuoi": ("0123",)})
    entries = [facts(), facts(words={"so_cuoi": "9999"}), facts(days={"het_han": date(2030, 1, 1)})]
    assert len(list(verdicts(about, entries, WINDOW, CALENDAR))) == 1


@given(st.lists(CONSENTS, max_size=4), DATES)
def test_nobody_is_reached_without_a_consent_that_stands_that_day(agreed: list[Agreed], ends: date) -> None:
    entry = facts(agreed=tuple(agreed), days={"het_han": ends})
    for found in verdicts(rule(), [entry], WINDOW, CALENDAR):
        stands = any(
            each.first <= found.occasion.reach_on <= each.last
            and (each.withdrawn is None or each.withdrawn > found.occasion.reach_on)
            for each in agreed
        )
        assert (found.outcome == Outcome.REACHED) == stands


@given(CONSENTS, DATES)
def test_a_consent_ends_with_its_last_day_or_the_day_it_is_withdrawn(agreed: Agreed, day: date) -> None:
    if agreed.withdrawn is not None:
        assert not holds(agreed, max(day, agreed.withdrawn))
    assert not holds(agreed, agreed.last + DAY)


@given(st.lists(st.sampled_from(list(OfferVerb)), max_size=8))
def test_an_offer_is_answered_once(verbs: list[OfferVerb]) -> None:
    state, moved = OfferState.OPEN, 0
    for verb in verbs:
        try:
            state, moved = state_after(verb, state), moved + 1
        except Refused:
            continue
    assert moved == min(len(verbs), 1)


@pytest.mark.parametrize(
    ("first", "last"), [(TODAY, TODAY), (TODAY, date(2028, 7, 10)), (TODAY, TODAY - DAY)]
)
def test_every_consent_ends_and_not_in_the_far_future(first: date, last: date) -> None:
    with pytest.raises(Refused) as refusal:
        check_consent_days(first, last, 3)
    assert refusal.value.field == "last"


def test_a_consent_may_last_as_long_as_the_package_allows() -> None:
    check_consent_days(TODAY, date(2028, 7, 9), 3)
    check_consent_days(date(2024, 2, 29), date(2025, 2, 28), 1)


@pytest.mark.parametrize(
    "window",
    [Window(TODAY, TODAY - DAY), Window(TODAY - DAY, TODAY), Window(TODAY, date(2026, 7, 11))],
)
def test_a_run_has_days_ahead_and_no_more_than_a_year(window: Window) -> None:
    with pytest.raises(Refused):
        check_window(window, TODAY)


def test_a_rule_without_a_sure_basis_is_tried_but_not_launched() -> None:
    unsure = (replace(BASIS, standing=Standing.UNVERIFIED),)
    with pytest.raises(Refused, match="chưa có căn cứ nào đã đối chiếu"):
        check_can_launch(RunState.SIMULATED, TODAY, TODAY, unsure, "đổi thẻ")


def test_a_rule_is_not_launched_when_the_procedure_says_something_else_now() -> None:
    check_can_launch(RunState.SIMULATED, TODAY, TODAY, (BASIS,), "Công dân đề nghị đổi\n  thẻ căn cước.")
    with pytest.raises(Refused, match="«đổi thẻ»"):
        check_can_launch(RunState.SIMULATED, TODAY, TODAY, (BASIS,), "Công dân đề nghị cấp mới.")
    assert lost_quotes((replace(BASIS, quote=""),), "") == []


def test_a_run_that_has_begun_or_was_stopped_is_simulated_anew() -> None:
    with pytest.raises(Refused):
        check_can_launch(RunState.STOPPED, TODAY, TODAY, (BASIS,), "đổi thẻ")
    with pytest.raises(Refused):
        check_can_launch(RunState.SIMULATED, TODAY - DAY, TODAY, (BASIS,), "đổi thẻ")


def test_an_offer_is_answered_between_its_days() -> None:
    check_in_time(TODAY, TODAY, TODAY)
    for day in (TODAY - DAY, TODAY + 2 * DAY):
        with pytest.raises(Refused):
            check_in_time(TODAY, TODAY + DAY, day)
