"""Answering an offer: taken, it becomes a draft of the person's own; refused, it ends, if wished for good."""

from uuid import NAMESPACE_URL, UUID, uuid5

from namro.audit.actions import once, record
from namro.dossiers.actions import Draft, Hand, save_draft
from namro.dossiers.queries import today
from namro.offers.models import Offer
from namro.offers.queries.own import may_open
from namro.offers.rules import check_in_time, state_after
from namro.offers.terms import OfferVerb
from namro.organisation.terms import Refused

SPACE = uuid5(NAMESPACE_URL, "urn:namro:offers")
MOST_WORDS = 1000


@once
def accept_offer(offer_id: int, *, client_id: UUID) -> Offer:
    """Take an offer: a draft with what it knows is laid into the person's own dossiers; nothing is filed for them.

    Whoever calls has made sure of the person: by their session, or by the link that only they were sent.
    """
    offer = _locked(offer_id)
    if offer.answer_id == client_id:
        return offer
    _answer(offer, OfferVerb.ACCEPT, client_id)
    draft = Draft(
        procedure_code=offer.procedure.code, unit_id=offer.unit_id, filled={**offer.filled, "prefilled": _named(offer)},
        applicant_id=offer.applicant_id,
    )  # fmt: skip
    offer.dossier = save_draft(draft, hand=Hand.of_machine(), client_id=uuid5(SPACE, str(offer.pk)))
    offer.save()
    _record(offer, OfferVerb.ACCEPT)
    return offer


@once
def refuse_offer(offer_id: int, *, words: str = "", never_again: bool = False, client_id: UUID) -> Offer:
    """Refuse an offer, with or without a reason; `never_again` keeps the rule from this person for good."""
    offer = _locked(offer_id)
    if offer.answer_id == client_id:
        return offer
    _answer(offer, OfferVerb.REFUSE, client_id)
    offer.words, offer.never_again = words.strip()[:MOST_WORDS], never_again
    offer.save()
    _record(offer, OfferVerb.REFUSE)
    return offer


def _locked(offer_id: int) -> Offer:
    related = Offer.objects.select_related("rule", "applicant", "procedure", "unit", "consent__register")
    return related.select_for_update(of=("self",)).get(pk=offer_id)


def _answer(offer: Offer, verb: OfferVerb, client_id: UUID) -> None:
    """Move the offer, unless its time or the consent that it rests on has ended."""
    state = state_after(verb, offer.state)
    check_in_time(offer.reach_on, offer.closes_on, today.today())
    if not may_open(offer, today.today()):
        raise Refused(
            "Sự đồng ý cho dùng dữ liệu đã hết hạn hoặc đã rút, nên lời mời không còn; bạn vẫn tự nộp được."
        )
    offer.state, offer.answered_at, offer.answer_id = state, today.now(), client_id


def _named(offer: Offer) -> list[list[str]]:
    """What is prefilled under the names that people read: the draft's page knows no registers."""
    names = {field.code: field.name for field in offer.consent.register.definition.fields}
    places = offer.rule.definition.prefill
    return [[names.get(places.get(place, ""), place), value] for place, value in offer.filled.items()]


def _record(offer: Offer, verb: OfferVerb) -> None:
    after = {"state": offer.state, "never_again": offer.never_again}
    by = Hand.of_applicant(offer.applicant).log_name
    record(by=by, verb=verb, obj=offer, after=after, unit=offer.unit.code)
