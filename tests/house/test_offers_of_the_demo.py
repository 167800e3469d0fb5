"""The demo's made-up registers, loaded over the package as it is shipped: twice is as once, and nobody is reached
without a consent."""

from namro.flows.demo.offers import load_offers
from namro.offers.models import Offer, OfferRun, RegisterEntry
from namro.offers.queries.own import agreed_of
from namro.offers.rules import holds
from namro.offers.terms import Outcome, RunState
from namro.organisation.queries import current_by_code
from namro.organisation.terms import Role
from tests.house.building import PACKAGE
from tests.house.place import Place


def test_the_demo_reaches_those_who_agreed_and_twice_is_as_once(here: Place) -> None:
    officer = here.people[Role.COMMUNE_OFFICER]
    officer.username = "xaphuong"
    officer.save()
    entries = [load_offers(PACKAGE, current_by_code()) for _time in range(2)]
    assert entries == [RegisterEntry.objects.count()] * 2
    states = sorted(run.state for run in OfferRun.objects.all())
    assert states == [RunState.LAUNCHED, RunState.LAUNCHED, RunState.SIMULATED]
    for run in OfferRun.objects.all():
        assert run.outcomes[Outcome.REACHED] > 0
        assert run.outcomes[Outcome.NO_CONSENT] > 0
    offers = list(Offer.objects.select_related("consent"))
    assert len(offers) > 10
    assert all(holds(agreed_of(offer.consent), offer.reach_on) for offer in offers)
    assert len({offer.rule_id for offer in offers}) == 2
