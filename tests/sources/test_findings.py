"""What does not add up in a return: it blocks nothing, stays known as of its day, and closes when it is mended."""

from datetime import date

from tests.builders import TODAY, World
from tests.sources.material import BAD, GOOD, send

from namro.ground import clock
from namro.ground.period import Period
from namro.organisation.queries import viewer
from namro.organisation.terms import Role
from namro.sources.feeds import observations
from namro.sources.queries import findings_of, findings_on, visible_findings, visible_submissions
from namro.sources.terms import SourceState


def test_a_breach_blocks_nothing_and_mends_nothing(place: World) -> None:
    sent = send(place, BAD)
    assert sent.values["chua"] == "300"
    states = {
        o.measure: o.source_state for o in observations(TODAY) if o.unit == "20194" and o.period == "2025-06"
    }
    assert states["bieu.trang.chua"] == SourceState.BREACHED


def test_findings_stay_known_as_of_a_past_day(place: World) -> None:
    with clock.at(date(2025, 7, 4)):
        send(place, BAD)
    send(place, GOOD, version=1)
    assert findings_on(date(2025, 7, 8)).count() == 1
    assert findings_on(date(2025, 7, 3)).count() == 0
    assert findings_on(TODAY).count() == 0


def test_a_correction_of_the_period_before_moves_the_jump_of_the_next(place: World) -> None:
    may = Period.parse("2025-05")
    small = {"tong": "100", "da": "60", "chua": "40"}
    send(place, small, period=may, as_of=date(2025, 5, 31))
    june = send(place, GOOD)
    assert [finding.check_code for finding in findings_on(TODAY)] == ["nhay"]
    mended = send(place, {"tong": "900", "da": "500", "chua": "400"}, period=may, version=1)
    assert not findings_on(TODAY).exists()
    assert findings_of(june).get().closed_by == mended


def test_rows_are_seen_within_reach_only(place: World) -> None:
    send(place, BAD)
    send(place, BAD, unit=place.communes[1])
    officer, secretary = (viewer(place.people[role]) for role in (Role.COMMUNE_OFFICER, Role.SECRETARIAT))
    assert {row.unit.code for row in visible_submissions(officer)} == {"20194"}
    assert visible_submissions(secretary).count() == 2
    assert {row.unit.code for row in visible_findings(officer, TODAY)} == {"20194"}
    assert visible_findings(secretary, TODAY).count() == 2
