"""A citizen's own: offers and consents of the person who signed in, and the one offer to which a link leads."""

from datetime import date

from django.core import signing
from django.db.models import QuerySet

from namro.dossiers.models import Applicant
from namro.ground.clock import VIETNAM
from namro.offers.models import Consent, Offer
from namro.offers.rules import holds
from namro.offers.terms import Agreed, OfferState

SALT = "namro.offers.offer"


def token_of(offer: Offer) -> str:
    """The key in the link of an offer: its number, signed; it is nowhere stored and nobody can make one."""
    return signing.Signer(salt=SALT).sign(str(offer.pk)).replace(":", "~")


def offer_of_token(token: str) -> Offer | None:
    """The offer to which a link leads; None for a key that was not made here."""
    try:
        number = signing.Signer(salt=SALT).unsign(token.replace("~", ":"))
    except signing.BadSignature:
        return None
    return _with_all().filter(pk=int(number)).first()


def offers_of(applicant: Applicant, day: date) -> list[Offer]:
    """The offers that somebody has been made by the day, the open ones first; none that rests on an ended consent."""
    rows = _with_all().filter(applicant=applicant, reach_on__lte=day).order_by("-reach_on", "-pk")
    shown = [offer for offer in rows if may_open(offer, day)]
    return sorted(shown, key=lambda offer: offer.state != OfferState.OPEN)


def may_open(offer: Offer, day: date) -> bool:
    """Whether an offer may be shown to its person: it has been made, and, unless it was answered, the consent that it
    rests on still stands."""
    if offer.reach_on > day or offer.state == OfferState.TAKEN_BACK:
        return False
    return offer.state != OfferState.OPEN or holds(agreed_of(offer.consent), day)


def may_see(offer: Offer, applicant: Applicant | None, day: date) -> bool:
    """Whether an offer may be shown to whoever holds its link: as long as it waits for an answer; later to its own
    person alone, once they have come in."""
    waits = offer.state == OfferState.OPEN and offer.closes_on >= day
    is_own = applicant is not None and applicant.pk == offer.applicant_id
    return may_open(offer, day) and (waits or is_own)


def agreed_of(consent: Consent) -> Agreed:
    """A consent as the rules need it."""
    withdrawn = consent.withdrawn_at and consent.withdrawn_at.astimezone(VIETNAM).date()
    return Agreed(consent.first, consent.last, withdrawn)


def consents_of(applicant: Applicant) -> QuerySet[Consent]:
    """All that somebody ever agreed to, the latest first."""
    return Consent.objects.filter(applicant=applicant).select_related("register").order_by("-given_at", "-pk")


def unanswered_of(consent: Consent) -> QuerySet[Offer]:
    """The open offers of a consent's person and register, whichever consent they rest on."""
    return _of_register(consent).filter(state=OfferState.OPEN)


def taken_back_with(consent: Consent) -> int:
    """How many unanswered offers ended when a consent was withdrawn."""
    return _of_register(consent).filter(state=OfferState.TAKEN_BACK, answered_at=consent.withdrawn_at).count()


def _of_register(consent: Consent) -> QuerySet[Offer]:
    return Offer.objects.filter(applicant_id=consent.applicant_id, consent__register_id=consent.register_id)


def _with_all() -> QuerySet[Offer]:
    return Offer.objects.select_related(
        "applicant", "consent__register", "rule", "procedure", "unit", "dossier", "entry__register"
    )
