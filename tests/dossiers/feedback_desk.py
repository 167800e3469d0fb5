"""A feedback to the first commune, and who answers it there."""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from tests.builders import World, seen_by

from namro.dossiers.actions import feedback as verbs
from namro.dossiers.actions.feedback import Said
from namro.dossiers.actions.feedback_act import FeedbackHand
from namro.dossiers.models import Feedback
from namro.ground.clock import VIETNAM
from namro.organisation.terms import Role

SENT = date(2025, 7, 9)


def at(day: date) -> datetime:
    """Return nine o'clock of a day."""
    return datetime.combine(day, time(9), VIETNAM)


def sent(world: World, **more: Any) -> Feedback:
    """Return a feedback to the first commune."""
    said = {
        "kind": "feedback",
        "unit": world.communes[0],
        "words": "Chờ lâu quá.",
        "sender_contact": "0900",
    } | more
    return verbs.send_feedback(Said(**said), client_id=uuid4())


def by(world: World, role: Role = Role.COMMUNE_OFFICER) -> dict[str, Any]:
    """Return who acts, with a new number of the act."""
    who = world.people[role]
    return {"hand": FeedbackHand(who, seen_by(who)), "client_id": uuid4()}
