"""The clears: what is missing keeps from issuing, by the set of clears that is asked for."""

from dataclasses import replace

import pytest
from tests.tasks.sentences import CLEARS, GOOD, WORDS, check, codes

from namro.tasks.clarity import FIVE_CLEARS, Draft, Severity, check_clarity

MISSING = [
    ({"lead_unit": " "}, "person", "lead_unit"),
    ({"has_lead_person": False}, "person", "lead_person"),
    ({"work": "…"}, "work", "work"),
    ({"start": None}, "time", "start"),
    ({"due": None}, "time", "due"),
    ({"authority": ""}, "authority", "authority"),
    ({"result": "-"}, "result", "result"),
    ({"proof_kind": None}, "result", "proof_kind"),
    ({"proof_kind": "indicator", "has_indicator": True}, "result", "proof_kind"),
]


@pytest.mark.parametrize(("changes", "clear", "field"), MISSING)
def test_a_missing_clear_keeps_from_issuing(changes: dict[str, object], clear: str, field: str) -> None:
    missing = [each for each in check(**changes) if each.severity is Severity.MISSING]
    assert [(each.clear, each.field) for each in missing] == [(clear, field)]


def test_an_empty_draft_lacks_every_clear_in_order() -> None:
    findings = check_clarity(Draft(), WORDS)
    assert list(dict.fromkeys(each.clear for each in findings)) == [
        clear.code for clear in FIVE_CLEARS.clears
    ]
    assert all(each.severity is Severity.MISSING for each in findings)


def test_the_sets_of_clears_are_configuration() -> None:
    five, six_products, six_inspection = CLEARS
    assert five == FIVE_CLEARS
    assert [len(each.clears) for each in CLEARS] == [5, 6, 6]
    draft = replace(GOOD, supervisor="", authority="", has_lead_person=False)
    found = {each.code: [finding.clear for finding in check_clarity(draft, WORDS, each)] for each in CLEARS}
    assert found[five.code] == ["person", "authority"]
    assert found[six_products.code] == ["responsibility", "authority"]
    assert found[six_inspection.code] == ["responsibility", "inspection"]


def test_a_lead_whose_authority_does_not_cover_the_work() -> None:
    (warned,) = check(lead_covers=False)
    assert (warned.code, warned.clear, warned.severity) == ("beyond_lead", "authority", Severity.VAGUE)
    (stopped,) = check(lead_covers=False, escalate_to="")
    assert (stopped.code, stopped.severity) == ("missing_coverage", Severity.MISSING)


def test_work_beyond_a_commune_needs_somebody_to_climb_to() -> None:
    commune = {"lead_kind": "ward", "work": "Lắp đặt camera trên địa bàn toàn thành phố"}
    assert codes(**commune, escalate_to="") == ["beyond_commune"]
    assert codes(**commune) == []
    assert codes(work=commune["work"], escalate_to="") == []
