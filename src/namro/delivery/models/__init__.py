"""Tables of the delivery: what was told, the outbox, what people chose."""

from namro.delivery.models.choosing import CalendarLink, Choice, Endpoint, Policy
from namro.delivery.models.outbox import Attempt, Delivery, Message
from namro.delivery.models.telling import Told, ToldPart, Untold

__all__ = [
    "Attempt",
    "CalendarLink",
    "Choice",
    "Delivery",
    "Endpoint",
    "Message",
    "Policy",
    "Told",
    "ToldPart",
    "Untold",
]
