"""The verbs of the assistant."""

from namro.assistant.actions.asking import Told, ask
from namro.assistant.actions.forgetting import forget_old
from namro.assistant.actions.handing import hand_over, reply
from namro.assistant.actions.loading import load_package
from namro.assistant.actions.opinions import give_opinion, settle_opinion

__all__ = [
    "Told",
    "ask",
    "forget_old",
    "give_opinion",
    "hand_over",
    "load_package",
    "reply",
    "settle_opinion",
]
