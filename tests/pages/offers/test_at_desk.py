"""Somebody without a telephone agrees at the desk on paper, and takes it back there; the clerk sees nobody else's."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.builders import seen_by
from tests.offers.conftest import Place
from tests.offers.conftest import place as place  # noqa: PLC0414 - the fixture
from tests.pages.offers.test_offers import entered, text

from namro.audit.models import Entry
from namro.dossiers.actions import Draft, Hand, applicant_of, receive_at_desk
from namro.dossiers.models import Applicant, Dossier
from namro.offers import actions
from namro.offers.models import Consent, Offer
from namro.offers.terms import Channel, OfferState
from namro.organisation.terms import Refused, Role


def received(place: Place, applicant: Applicant) -> Dossier:
    """Return a dossier of the applicant that the ward's clerk received."""
    clerk = place.world.people[Role.CLERK]
    draft = Draft("1.000003", place.world.communes[0].pk, "desk", applicant_id=applicant.pk)
    return receive_at_desk(draft, hand=Hand.of_officer(clerk, seen_by(clerk)), client_id=uuid4())


def address(row: Dossier) -> str:
    """Return where the clerk puts consents of its applicant."""
    return f"/mot-cua/ho-so/{row.code}/dong-y/"


@pytest.fixture
def clerk(place: Place) -> Client:
    """The clerk of the first ward."""
    return entered(place, Role.CLERK)


def said(**changed: Any) -> dict[str, Any]:
    """What the clerk sends for a paper that was signed."""
    return {"register": "can_cuoc", "last": "09/07/2026", "signed": "on", "client_id": str(uuid4())} | changed


def test_a_signed_paper_is_put_on_record_once(place: Place, clerk: Client) -> None:
    applicant = applicant_of(kind="citizen", number="000000000011", name="Người không có điện thoại")
    row = received(place, applicant)
    shown = clerk.get(address(row))
    assert "Dùng ngày hết hạn của thẻ." in text(shown) and "chưa đồng ý điều gì" in text(shown)
    assert address(row) in clerk.get(f"/mot-cua/ho-so/{row.code}/").content.decode()
    unsigned = clerk.post(address(row), said(signed=""))
    assert unsigned.status_code == 422 and not Consent.objects.exists()
    whole = said()
    assert [clerk.post(address(row), whole).status_code for _time in range(2)] == [302, 302]
    consent = Consent.objects.get()
    assert (consent.applicant, consent.channel, consent.taken_by) == (
        applicant, Channel.DESK, place.world.people[Role.CLERK],
    )  # fmt: skip
    assert Entry.objects.filter(verb="give_consent").count() == 1
    assert "đến hết 09/07/2026" in text(clerk.get(address(row)))
    refused = clerk.post(address(row), said(last="01/01/2020"))
    assert refused.status_code == 422 and "01/01/2020" in refused.content.decode()


def test_it_is_taken_back_there_with_the_offers_of_it(place: Place, clerk: Client) -> None:
    offer = place.offer()
    row = received(place, offer.applicant)
    taken = {"withdraw": offer.consent_id, "client_id": str(uuid4())}
    assert clerk.post(address(row), taken).status_code == 302
    assert Offer.objects.get().state == OfferState.TAKEN_BACK
    assert "đã rút" in text(clerk.get(address(row)))
    assert clerk.post(address(row), taken | {"client_id": "x"}).status_code == 302  # told, nothing done


def test_another_persons_consent_is_not_reached_from_here(place: Place, clerk: Client) -> None:
    other = Consent.objects.get(applicant=place.person("000000000012").applicant)
    row = received(place, applicant_of(kind="citizen", number="000000000013", name="Người khác"))
    taken = {"withdraw": other.pk, "client_id": str(uuid4())}
    assert clerk.post(address(row), taken).status_code == 404
    other.refresh_from_db()
    assert other.withdrawn_at is None


def test_who_receives_no_dossiers_records_no_consent(place: Place) -> None:
    applicant = applicant_of(kind="citizen", number="000000000014", name="Người thử")
    row = received(place, applicant)
    assert entered(place, Role.COMMUNE_OFFICER).get(address(row)).status_code == 404
    officer = place.world.people[Role.COMMUNE_OFFICER]
    hand = Hand.of_officer(officer, seen_by(officer))
    with pytest.raises(Refused):
        actions.give_consent(applicant, "can_cuoc", last=row.touched_at.date(), hand=hand, client_id=uuid4())
