"""Verbs of the offers: load what is declared, agree and withdraw, simulate, launch and stop, answer."""

from namro.offers.actions.answering import accept_offer, refuse_offer
from namro.offers.actions.consenting import give_consent, withdraw_consent
from namro.offers.actions.launching import launch, stop
from namro.offers.actions.loading import load_package
from namro.offers.actions.simulating import simulate

__all__ = [
    "accept_offer", "give_consent", "launch", "load_package", "refuse_offer", "simulate", "stop", "withdraw_consent",
]  # fmt: skip
