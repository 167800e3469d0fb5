"""Which returns are owed, by whom, and how each stands."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import TODAY, World
from tests.sources.material import BODY, GOOD, JUNE, declare, send

from namro.ground import clock
from namro.organisation.queries import viewer
from namro.organisation.terms import Role
from namro.sources.catalog.forms import form_of
from namro.sources.queries import due_forms, returns
from namro.sources.terms import ReturnState


def test_returns_of_a_period_by_unit(place: World) -> None:
    with clock.at(date(2025, 7, 7)):
        send(place, GOOD)
    send(place, GOOD, unit=place.communes[1])
    found = {owed.unit.code: owed.state for owed in returns(form_of(BODY), JUNE, None, TODAY)}
    assert found == {
        "20194": ReturnState.ON_TIME,
        place.communes[1].code: ReturnState.LATE,
        "20333": ReturnState.MISSING,
    }
    officer = viewer(place.people[Role.COMMUNE_OFFICER])
    assert [r.unit.code for r in returns(form_of(BODY), JUNE, officer, TODAY)] == ["20194"]


def test_what_a_person_owes(place: World) -> None:
    officer = viewer(place.people[Role.COMMUNE_OFFICER])
    owed = [(r.period.key, r.state) for r in due_forms(officer, TODAY)]
    assert owed == [("2025-05", ReturnState.MISSING), ("2025-06", ReturnState.MISSING)]
    send(place, GOOD)
    owed = [(r.period.key, r.state, r.version) for r in due_forms(officer, TODAY)]
    assert owed == [("2025-05", ReturnState.MISSING, 0), ("2025-06", ReturnState.LATE, 1)]


def test_the_queries_of_what_is_owed_do_not_grow(place: World) -> None:
    officer = viewer(place.people[Role.COMMUNE_OFFICER])

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            due_forms(officer, TODAY)
            returns(form_of(BODY), JUNE, officer, TODAY)
        return len(caught)

    before = queries()
    for number in range(5):
        declare(BODY | {"code": f"trang_{number}"})
    send(place, GOOD)
    assert queries() == before
