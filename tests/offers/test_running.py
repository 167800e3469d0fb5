"""A rule is simulated before it reaches anybody, launched as it was seen, and answered once."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.builders import TODAY
from tests.offers.conftest import Place

from namro.audit.models import Entry
from namro.dossiers.actions import Hand, applicant_of
from namro.dossiers.models import Dossier
from namro.ground import clock
from namro.offers import actions, queries
from namro.offers.models import Consent, Offer
from namro.offers.terms import OfferState, Outcome, RunState
from namro.organisation.terms import Refused, Role


def test_a_simulation_counts_and_tells_nobody(place: Place) -> None:
    place.person("000000000001")
    place.person("000000000002", agreed=False)
    run = place.simulate()
    assert run.outcomes == {Outcome.REACHED: 1, Outcome.NO_CONSENT: 1}
    assert run.by_unit == {"20194": 1}
    assert sum(run.by_week.values()) == 1
    assert not Offer.objects.exists()


def test_a_run_sent_twice_is_one(place: Place) -> None:
    said = place.by()
    assert place.simulate(**said).pk == place.simulate(**said).pk


def test_launched_it_offers_with_reason_and_prefilled_dossier(place: Place) -> None:
    offer = place.offer()
    assert offer.reason == "Thẻ số cuối 0001 hết hạn ngày 07/08/2025."
    assert offer.filled == {"so_cuoi_the_cu": "0001", "ngay_het_han": "07/08/2025"}
    assert (offer.reach_on, offer.closes_on) == (date(2025, 7, 9), date(2025, 10, 6))
    assert offer.unit == place.world.communes[0]
    assert Entry.objects.filter(verb="launch_offers").count() == 1


def test_launched_twice_it_offers_once_and_a_second_run_offers_nobody_again(place: Place) -> None:
    place.offer()
    run = place.rule.runs.get()
    actions.launch(run.pk, **place.by())
    assert place.simulate().outcomes == {Outcome.ALREADY_OFFERED: 1}
    assert Offer.objects.count() == 1


def test_what_changed_since_it_was_seen_is_not_launched(place: Place) -> None:
    place.person("000000000001")
    run = place.simulate()
    place.person("000000000002")
    with pytest.raises(Refused, match="khi đó mời 1 lượt, nay 2 lượt"):
        actions.launch(run.pk, **place.by())
    assert not Offer.objects.exists()


def test_a_withdrawal_between_simulation_and_launch_counts(place: Place) -> None:
    entry = place.person("000000000001")
    run = place.simulate()
    consent = Consent.objects.get(applicant=entry.applicant)
    actions.withdraw_consent(consent.pk, hand=Hand.of_applicant(entry.applicant), client_id=uuid4())
    with pytest.raises(Refused, match="Dữ liệu đã đổi"):
        actions.launch(run.pk, **place.by())


def test_a_run_of_a_changed_rule_or_a_gone_quote_is_not_launched(place: Place) -> None:
    place.person("000000000001")
    run = place.simulate()
    place.rule.version = 2
    place.rule.save()
    with pytest.raises(Refused, match="Quy tắc đã đổi"):
        actions.launch(run.pk, **place.by())
    body = place.rule.body
    body["bases"][0]["quote"] = "Không còn câu này"
    place.rule.save()
    with pytest.raises(Refused, match="«Không còn câu này»"):
        actions.launch(run.pk, **place.by())


def test_only_who_decides_for_the_unit_runs_a_rule(place: Place) -> None:
    for role in (Role.CLERK, Role.INSPECTOR, Role.STEERING):
        with pytest.raises(Refused):
            place.simulate(**place.by(role))
    with pytest.raises(Refused, match="đơn vị khác"):
        place.simulate(unit=place.world.communes[1])
    run = place.simulate()
    with pytest.raises(Refused):
        actions.launch(run.pk, **place.by(Role.AGENCY_LEAD))


def test_a_run_that_reaches_nobody_is_not_launched(place: Place) -> None:
    with pytest.raises(Refused, match="không mời được ai"):
        actions.launch(place.simulate().pk, **place.by())


def test_stopped_it_takes_back_what_nobody_answered(place: Place) -> None:
    offer = place.offer()
    run = offer.run
    with pytest.raises(Refused, match="vì sao dừng"):
        actions.stop(run.pk, reason=" ", **place.by())
    for _time in range(2):
        actions.stop(run.pk, reason="Nhầm thủ tục", **place.by())
    assert queries.answers(run) == {OfferState.TAKEN_BACK: 1}
    run.refresh_from_db()
    assert run.state == RunState.STOPPED
    assert queries.offers_of(offer.applicant, TODAY) == []
    with pytest.raises(Refused, match="thu lại"):
        actions.accept_offer(offer.pk, client_id=uuid4())


def test_taken_it_becomes_one_draft_of_the_persons_own(place: Place) -> None:
    offer, client_id = place.offer(), uuid4()
    taken = actions.accept_offer(offer.pk, client_id=client_id)
    again = actions.accept_offer(offer.pk, client_id=client_id)
    draft = Dossier.objects.get()
    assert taken.dossier == again.dossier == draft
    assert draft.applicant == offer.applicant
    named = [["Bốn số cuối", "0001"], ["Ngày hết hạn", "07/08/2025"]]
    assert (draft.state, draft.unit) == ("draft", place.world.communes[0])
    assert {name: draft.filled[name] for name in offer.filled} == offer.filled
    assert sorted(draft.filled["prefilled"]) == named  # the database keeps no order of keys
    with pytest.raises(Refused, match="đã được nhận"):
        actions.refuse_offer(offer.pk, client_id=uuid4())


def test_refused_for_good_the_rule_keeps_away(place: Place) -> None:
    offer, client_id = place.offer(), uuid4()
    for _time in range(2):
        actions.refuse_offer(offer.pk, words=" Tôi tự làm. ", never_again=True, client_id=client_id)
    offer.refresh_from_db()
    assert (offer.state, offer.words) == (OfferState.REFUSED, "Tôi tự làm.")
    entry = place.person("000000000009", agreed=False, ends=date(2025, 8, 20))
    entry.applicant = offer.applicant
    entry.save()
    assert place.simulate().outcomes == {Outcome.NEVER_AGAIN: 2}
    assert Entry.objects.filter(verb="refuse_offer").count() == 1


def test_an_offer_is_seen_from_its_day_on_while_the_consent_stands(place: Place) -> None:
    entry = place.person("000000000001", ends=date(2025, 8, 20))
    actions.launch(place.simulate().pk, **place.by())
    offer = queries.offer_of_token(queries.token_of(Offer.objects.get()))
    assert offer is not None
    assert offer.reach_on == date(2025, 7, 21)
    assert not queries.may_open(offer, TODAY)
    with pytest.raises(Refused, match="từ 21/07/2025"):
        actions.accept_offer(offer.pk, client_id=uuid4())
    assert queries.may_open(offer, date(2025, 7, 21))
    assert not queries.may_open(offer, date(2026, 7, 2))
    hand = Hand.of_applicant(entry.applicant)
    consent = actions.withdraw_consent(offer.consent_id, hand=hand, client_id=uuid4())
    assert queries.taken_back_with(consent) == 1
    assert queries.offers_of(entry.applicant, date(2025, 7, 21)) == []


def test_an_offer_cannot_be_taken_after_its_last_day_or_the_end_of_the_consent(place: Place) -> None:
    offer = place.offer()
    with clock.at(date(2025, 10, 7)), pytest.raises(Refused, match="đến hết 06/10/2025"):
        actions.accept_offer(offer.pk, client_id=uuid4())
    offer.consent = place.agree(offer.applicant, last=date(2025, 8, 1))
    offer.save()
    with clock.at(date(2025, 8, 2)), pytest.raises(Refused, match="hết hạn hoặc đã rút"):
        actions.accept_offer(offer.pk, client_id=uuid4())


@pytest.mark.parametrize("token", ["1", "1~x", "x", "", "1~" + "a" * 43])
def test_a_made_up_link_leads_nowhere(place: Place, token: str) -> None:
    assert queries.offer_of_token(token) is None


def test_consent_is_given_with_an_end_once_and_only_to_what_there_is(place: Place) -> None:
    applicant = applicant_of(kind="citizen", number="000000000005", name="Người thử")
    hand, client_id = Hand.of_applicant(applicant), uuid4()
    given = [
        actions.give_consent(applicant, "can_cuoc", last=date(2026, 7, 9), hand=hand, client_id=client_id)
        for _time in range(2)
    ]
    assert given[0] == given[1] == Consent.objects.get()
    assert (given[0].first, given[0].words) == (TODAY, "Dùng ngày hết hạn của thẻ.")
    for register, last in (
        ("can_cuoc", date(2026, 7, 8)),
        ("can_cuoc", TODAY),
        ("khong_co", date(2026, 1, 1)),
    ):
        with pytest.raises(Refused):
            actions.give_consent(applicant, register, last=last, hand=hand, client_id=uuid4())


def test_a_consent_is_withdrawn_once_by_its_own_person_and_never_changed(place: Place) -> None:
    consent = Consent.objects.get(applicant=place.person("000000000001").applicant)
    other = applicant_of(kind="citizen", number="000000000007", name="Người khác")
    with pytest.raises(Consent.DoesNotExist):
        actions.withdraw_consent(consent.pk, hand=Hand.of_applicant(other), client_id=uuid4())
    for _time in range(2):
        actions.withdraw_consent(consent.pk, hand=Hand.of_applicant(consent.applicant), client_id=uuid4())
    assert Entry.objects.filter(verb="withdraw_consent").count() == 1
    consent.refresh_from_db()
    changes: list[Any] = [
        lambda: Consent.objects.update(last=date(2030, 1, 1)),
        lambda: Consent.objects.update(withdrawn_at=None),
        lambda: Consent.objects.all()._raw_delete("default"),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_withdrawing_ends_every_consent_to_the_register_and_all_its_open_offers(place: Place) -> None:
    offer = place.offer()
    hand = place.hand(offer)
    longer = actions.give_consent(
        offer.applicant, "can_cuoc", last=date(2027, 7, 9), hand=hand, client_id=uuid4()
    )
    actions.withdraw_consent(longer.pk, hand=hand, client_id=uuid4())
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()
    offer.refresh_from_db()
    assert offer.state == OfferState.TAKEN_BACK
    longer.refresh_from_db()
    assert queries.taken_back_with(longer) == queries.taken_back_with(offer.consent) == 1
    assert place.simulate().outcomes == {Outcome.WITHDRAWN: 1}


def test_a_stopped_run_is_put_right_by_another(place: Place) -> None:
    first = place.offer()
    actions.stop(first.run_id, reason="Nhầm", **place.by())
    again = place.simulate()
    assert again.outcomes == {Outcome.REACHED: 1}
    actions.launch(again.pk, **place.by())
    assert Offer.objects.get(state=OfferState.OPEN).entry == first.entry
    assert place.simulate().outcomes == {Outcome.ALREADY_OFFERED: 1}


def test_nothing_of_a_person_stands_in_the_log(place: Place) -> None:
    offer = place.offer()
    actions.refuse_offer(offer.pk, words="Chuyện nhà", client_id=uuid4())
    told = " ".join(f"{each.label} {each.by_name} {each.after} {each.ground}" for each in Entry.objects.all())
    assert offer.applicant.name not in told
    assert "Chuyện nhà" not in told


def test_a_draft_is_no_filed_dossier(place: Place) -> None:
    actions.accept_offer(place.offer().pk, client_id=uuid4())
    assert [each.filed for each in queries.facts_of(place.rule, [place.world.communes[0].pk])] == [()]
