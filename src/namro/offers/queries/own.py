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


def agreed_of(consent: Consent) -> Agreed:
    """A consent as the rules need it."""
    withdrawn = consent.withdrawn_at and consent.withdrawn_at.astimezone(VIETNAM).date()
    return Agreed(consent.first, consent.last, withdrawn)


def consents_of(applicant: Applicant) -> QuerySet[Consent]:
    """All that somebody ever agreed to, the latest first."""
    return Consent.objects.filter(applicant=applicant).select_related("register").order_by("-given_at", "-pk")


def taken_back_with(consent: Consent) -> int:
    """How many unanswered offers ended with a consent."""
    return Offer.objects.filter(consent=consent, state=OfferState.TAKEN_BACK).count()


def _with_all() -> QuerySet[Offer]:
    return Offer.objects.select_related(
        "applicant", "consent__register", "rule", "procedure", "unit", "dossier", "entry__register"
    )
