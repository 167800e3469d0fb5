"""Officers try, launch and stop a run; a citizen takes or refuses by a link, and withdraws what they agreed to."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.offers.conftest import Place
from tests.offers.conftest import place as place  # noqa: PLC0414 - the fixture

from namro.dossiers.models import Applicant, Dossier
from namro.ground import clock
from namro.offers import actions, queries
from namro.offers.models import Consent, Offer, OfferRun
from namro.offers.terms import OfferState, RunState
from namro.organisation.terms import Role
from namro.pages.citizens.session import SEEN, WHO
from namro.pages.offers import running


@pytest.fixture
def officer(place: Place) -> Client:
    """The commune's officer."""
    return entered(place, Role.COMMUNE_OFFICER)


def entered(place: Place, role: Role) -> Client:
    """Return the client of the person of a role."""
    client = Client()
    client.force_login(place.world.people[role], backend="django.contrib.auth.backends.ModelBackend")
    return client


def come_in(applicant: Applicant) -> Client:
    """Return the client of somebody whom the identity provider vouched for."""
    client = Client()
    session = client.session
    session[WHO], session[SEEN] = applicant.pk, 2**40
    session.save()
    return client


def link(offer: Offer, name: str = "offer") -> str:
    """Return the address that only the person of the offer was sent."""
    return reverse(name, args=[queries.token_of(offer)])


def text(answer: Any) -> str:
    """Return the words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def tried(place: Place, officer: Client, first: str, last: str) -> Any:
    """Return the answer to the rule's being tried on some days."""
    said = {"unit": place.world.communes[0].pk, "first": first, "last": last, "client_id": str(uuid4())}
    return officer.post(reverse("offer_rule", args=["the_het_han"]), said)


def test_a_rule_shows_its_bases_and_is_tried_on_some_days(place: Place, officer: Client) -> None:
    place.person("000000000001")
    page = officer.get(reverse("offer_rule", args=["the_het_han"]))
    assert "Theo nguồn công khai" in text(page)
    answer = tried(place, officer, "09/07/2025", "31/08/2025")
    run = OfferRun.objects.get()
    assert answer.url == reverse("offer_run", args=[run.pk])
    assert "Sẽ mời 1 trong 1 lượt đến dịp" in text(officer.get(answer.url))


def test_days_that_run_backwards_are_refused_beside_the_field(place: Place, officer: Client) -> None:
    answer = tried(place, officer, "09/08/2025", "31/07/2025")
    assert answer.status_code == 422
    assert "Ngày cuối đứng trước ngày đầu" in text(answer)
    assert "31/07/2025" in answer.content.decode()


def test_a_run_is_launched_and_stopped_on_its_page(place: Place, officer: Client) -> None:
    place.person("000000000001")
    run = place.simulate()
    page = reverse("offer_run", args=[run.pk])
    launched = officer.post(reverse("offer_run_act", args=[run.pk, "mo"]), {"client_id": str(uuid4())})
    assert launched.url == page
    assert "Người thử 000000000001" in text(officer.get(page))
    empty = officer.post(
        reverse("offer_run_act", args=[run.pk, "dung"]), {"client_id": str(uuid4()), "reason": ""}
    )
    assert empty.status_code == 422
    officer.post(
        reverse("offer_run_act", args=[run.pk, "dung"]), {"client_id": str(uuid4()), "reason": "Nhầm"}
    )
    run.refresh_from_db()
    assert run.state == RunState.STOPPED


def test_data_that_changed_is_told_on_the_page(place: Place, officer: Client) -> None:
    place.person("000000000001")
    run = place.simulate()
    place.person("000000000002")
    answer = officer.post(reverse("offer_run_act", args=[run.pk, "mo"]), {"client_id": str(uuid4())})
    assert answer.status_code == 422
    assert "nay 2 lượt" in text(answer)


def test_other_units_and_clerks_find_nothing(place: Place) -> None:
    run = place.simulate()
    assert entered(place, Role.AGENCY_LEAD).get(reverse("offer_run", args=[run.pk])).status_code == 404
    assert entered(place, Role.CLERK).get(reverse("offer_rules")).status_code == 404
    inspector = entered(place, Role.INSPECTOR)
    assert inspector.get(reverse("offer_run", args=[run.pk])).status_code == 200
    assert inspector.post(reverse("offer_run_act", args=[run.pk, "mo"]), {}).status_code == 404
    assert inspector.post(reverse("offer_rule", args=["the_het_han"]), {}).status_code == 404


def test_letters_bear_the_links_of_those_who_wait(place: Place, officer: Client) -> None:
    offer = place.offer()
    page = officer.get(reverse("offer_letters", args=[offer.run_id]))
    assert "Kính gửi Người thử 000000000001" in text(page)
    assert page.content.decode().count("data:image/svg+xml;base64") == 1


def test_letters_beyond_the_first_page_can_be_printed(
    place: Place, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PAGE_SIZE", 2)
    for number in range(3):
        place.person(f"00000000002{number}", ends=date(2025, 8, 7))
    run = place.simulate()
    actions.launch(run.pk, **place.by())
    page = reverse("offer_letters", args=[run.pk])
    first, after = officer.get(page), Offer.objects.order_by("pk")[1].pk
    assert first.content.decode().count('class="letter"') == 2
    assert f'href="{page}?sau={after}"' in first.content.decode()
    second = officer.get(page, {"sau": after})
    assert second.content.decode().count('class="letter"') == 1
    assert "Các thư tiếp theo" not in text(second)  # the address itself stands in the form of the languages
    assert officer.get(page, {"sau": "1; x"}).content.decode().count('class="letter"') == 2


def test_whoever_holds_the_link_takes_the_offer_and_the_link_shows_nothing_more(place: Place) -> None:
    offer = place.offer()
    page = Client().get(link(offer))
    assert "Thẻ số cuối 0001 hết hạn ngày 07/08/2025." in text(page)
    said = {"client_id": str(uuid4())}
    for _time in range(2):
        answer = Client().post(link(offer, "offer_accept"), said)
        assert answer.url == reverse("offer_thanks")
    assert "0001" not in text(Client().get(answer.url))
    assert Client().get(link(offer)).status_code == 404
    assert Client().post(link(offer, "offer_accept"), {"client_id": str(uuid4())}).status_code == 404
    own = come_in(offer.applicant)
    assert "Đã nhận" in text(own.get(link(offer)))
    assert "đã được nhận" in text(own.post(link(offer, "offer_accept"), {"client_id": str(uuid4())}))


def test_who_has_come_in_goes_on_with_the_draft(place: Place) -> None:
    offer = place.offer()
    answer = come_in(offer.applicant).post(link(offer, "offer_accept"), {"client_id": str(uuid4())})
    assert answer.url == reverse("filing_draft", args=[Dossier.objects.get().client_id])


def test_after_its_last_day_the_link_is_for_its_own_person_alone(place: Place) -> None:
    offer = place.offer()
    other = place.person("000000000002", agreed=False).applicant
    with clock.at(date(2025, 10, 7)):
        assert Client().get(link(offer)).status_code == 404
        assert come_in(other).get(link(offer)).status_code == 404
        assert come_in(offer.applicant).get(link(offer)).status_code == 200


def test_consent_is_withdrawn_by_the_link_while_the_offer_is_open(place: Place) -> None:
    offer = place.offer()
    assert link(offer, "offer_withdraw") in Client().get(link(offer)).content.decode()
    said = {"client_id": str(uuid4())}
    assert Client().post(link(offer, "offer_withdraw"), said).url == reverse("offer_thanks")
    offer.refresh_from_db()
    assert offer.state == OfferState.TAKEN_BACK
    assert Consent.objects.get().withdrawn_at is not None
    assert Client().get(link(offer)).status_code == 404
    assert Client().post(link(offer, "offer_withdraw"), {"client_id": str(uuid4())}).status_code == 404


def test_a_refusal_is_kept_and_the_page_says_so(place: Place) -> None:
    offer = place.offer()
    said = {"client_id": str(uuid4()), "words": "Đã tự làm", "never_again": "on"}
    own = come_in(offer.applicant)
    assert own.post(link(offer, "offer_refuse"), said).url == link(offer)
    offer.refresh_from_db()
    assert (offer.state, offer.never_again) == (OfferState.REFUSED, True)
    assert "Đã từ chối" in text(own.get(link(offer)))
    assert Client().get(link(offer)).status_code == 404


def test_a_link_that_nobody_was_sent_leads_nowhere(place: Place) -> None:
    offer = place.offer()
    assert Client().get(reverse("offer", args=[f"{offer.pk}~abc"])).status_code == 404
    Consent.objects.filter(applicant=offer.applicant).update(withdrawn_at=offer.consent.given_at)
    assert Client().get(link(offer)).status_code == 404


def test_the_own_page_shows_ones_own_offers_alone(place: Place) -> None:
    offer = place.offer("000000000001")
    assert "Cấp đổi thẻ căn cước" in text(come_in(offer.applicant).get(reverse("own_offers")))
    other = place.person("000000000002", agreed=False).applicant
    assert "Chưa có lời mời nào" in text(come_in(other).get(reverse("own_offers")))
    assert Client().get(reverse("own_offers")).status_code == 302


def test_one_agrees_until_a_day_and_withdraws(place: Place) -> None:
    applicant = place.person("000000000003", agreed=False).applicant
    client = come_in(applicant)
    said = {"register": "can_cuoc", "last": "09/07/2029", "client_id": str(uuid4())}
    refused = client.post(reverse("consents"), said)
    assert refused.status_code == 422
    assert "dài nhất 3 năm" in text(refused)
    assert client.post(reverse("consents"), said | {"last": "09/07/2026"}).status_code == 302
    consent = Consent.objects.get(applicant=applicant)
    stranger = come_in(place.person("000000000004", agreed=False).applicant)
    number = {"client_id": str(uuid4())}
    assert stranger.post(reverse("consent_withdraw", args=[consent.pk]), number).status_code == 404
    assert client.post(reverse("consent_withdraw", args=[consent.pk]), number).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None


@pytest.fixture
def three_offers(place: Place) -> Iterator[OfferRun]:
    """A launched run with three offers."""
    for number in range(3):
        place.person(f"00000000001{number}")
    run = place.simulate()
    actions.launch(run.pk, **place.by())
    yield run


def test_the_number_of_queries_does_not_grow_with_the_offers(
    place: Place, officer: Client, three_offers: OfferRun, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(22):
        officer.get(reverse("offer_run", args=[three_offers.pk]))
    with django_assert_max_num_queries(18):
        officer.get(reverse("offer_rules"))


@pytest.mark.parametrize("name", ["offer_rules", "offer_rule"])
def test_the_pages_speak_english(place: Place, officer: Client, name: str) -> None:
    officer.cookies["django_language"] = "en"
    with translation.override("en"):
        page = officer.get(reverse(name, args=["the_het_han"] if name == "offer_rule" else []))
    assert "A card ends" in text(page)


def test_a_page_far_beyond_any_is_read_as_the_first(place: Place, officer: Client) -> None:
    page = reverse("offer_run", args=[place.simulate().pk])
    assert officer.get(page, {"trang": "000001" + "9" * 24}).status_code == 200
