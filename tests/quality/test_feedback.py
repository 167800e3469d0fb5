"""5.2 to 5.4 from what people said: each feedback is counted once, a complaint about a dossier costs its settlement."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests.builders import World
from tests.quality.made import at, dossier

from namro.dossiers.models import Feedback
from namro.dossiers.terms import FeedbackKind, FeedbackState
from namro.ground.period import Period
from namro.quality.queries import Where, costing, scheme, score_of, span_of

DECEMBER = Period.parse("2025-12")


def feedback(world: World, code: str, **more: Any) -> Feedback:
    """Return a stored feedback of 1 December that was answered in time; `more` replaces parts."""
    values = {
        "client_id": uuid4(), "code": f"GY-251201-{code}", "kind": FeedbackKind.FEEDBACK, "unit": world.communes[0],
        "words": "Chờ lâu", "state": FeedbackState.PUBLISHED, "received_at": at(1), "judge_by": date(2025, 12, 3),
        "asked_by": date(2025, 12, 8), "answer_by": date(2025, 12, 22), "publish_by": date(2025, 12, 12),
    }  # fmt: skip
    return Feedback.objects.create(**values | more)


def test_feedback_late_disliked_or_repeated_counts_once(world: World) -> None:
    first = feedback(world, "A")
    feedback(world, "B", late_on=date(2025, 12, 23), is_satisfied=False, rated_at=at(24))
    feedback(world, "C", repeats=first)
    feedback(world, "D", state=FeedbackState.TAKEN)  # the answer was due on the 22nd
    feedback(world, "G", state=FeedbackState.SUPPLEMENT_ASKED)  # so was this one, its sender silent
    feedback(world, "E", kind=FeedbackKind.COMPLAINT, late_on=date(2025, 12, 23))
    feedback(world, "F", received_at=at(30, 11))
    found = score_of(world.communes[0], DECEMBER, {})
    told = [found.part(code).count for code in ("phan_anh_dung_han", "hai_long_phan_anh")]
    assert [(each.numerator, each.denominator) for each in told] == [(2, 5), (1, 5)]
    assert score_of(world.city, DECEMBER, {}).part("phan_anh_dung_han").count.denominator == 5
    where = Where(world.communes[0], span_of(DECEMBER), scheme().chosen)
    assert len(costing(scheme().part("hai_long_phan_anh"), where)) == 4
    told_of = costing(scheme().part("phan_anh_dung_han"), where)
    assert [code.partition("#")[0] for code in told_of] == ["GY-251201"] * 3  # no sender's key is told


def test_a_complaint_costs_the_settlement_of_its_dossier_once(world: World) -> None:
    complained = dossier(world.communes[0], liked=False)
    dossier(world.communes[0])
    for code in ("A", "B"):
        feedback(world, code, kind=FeedbackKind.COMPLAINT, dossier=complained)
    found = score_of(world.communes[0], DECEMBER, {}).part("hai_long_giai_quyet").count
    assert (found.numerator, found.denominator) == (1, 2)


def test_a_complaint_that_was_returned_or_came_after_the_period_costs_nothing(world: World) -> None:
    said = dossier(world.communes[0])
    feedback(world, "A", kind=FeedbackKind.COMPLAINT, dossier=said, state=FeedbackState.RETURNED)
    feedback(world, "B", kind=FeedbackKind.COMPLAINT, dossier=said, received_at=at(31) + timedelta(days=5))
    found = score_of(world.communes[0], DECEMBER, {}).part("hai_long_giai_quyet").count
    assert (found.numerator, found.denominator) == (1, 1)
