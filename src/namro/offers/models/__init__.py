"""Tables of the offers."""

from namro.offers.models.declared import OfferRule, PersonalRegister
from namro.offers.models.offers import Offer, OfferRun
from namro.offers.models.people import Consent, RegisterEntry

__all__ = ["Consent", "Offer", "OfferRule", "OfferRun", "PersonalRegister", "RegisterEntry"]
