"""A small world whose people can be reached, and receivers that fail, hang and come back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from tests import builders
from tests.delivery.mailserver import MailServer
from tests.delivery.receiver import Receiver

from namro.delivery.actions import carry, tell
from namro.delivery.terms import Level, Notice
from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.organisation.models import Person
from namro.organisation.terms import Role
from namro.outside import webhook

MORNING = datetime(2025, 7, 9, 9, 0, tzinfo=VIETNAM)
MINUTE = timedelta(minutes=1)


def carry_at(moment: datetime) -> dict[str, int]:
    """Carry what is due at a moment."""
    with clock.at(moment):
        return carry()


def told_at(moment: datetime, *notices: Any) -> None:
    """Tell at a moment."""
    with clock.at(moment):
        tell(notices)


def administrator(world: builders.World) -> dict[str, Any]:
    """The keyword arguments of an act by the administrator."""
    who = world.people[Role.ADMINISTRATOR]
    seen = builders.seen_by(who, MORNING.date())
    return {"by": who, "viewer": seen}


@pytest.fixture
def world(db: None) -> builders.World:
    """Return the small world; everyone in it has an address."""
    made = builders.world()
    for who in made.people.values():
        who.email = f"{who.username}@example.org"
    Person.objects.bulk_update(made.people.values(), ["email"])
    return made


@pytest.fixture
def lead(world: builders.World) -> Person:
    return world.people[Role.AGENCY_LEAD]


@pytest.fixture
def mail(settings: Any) -> Iterator[MailServer]:
    """Return a real mail server on loopback that this place is set to use."""
    with MailServer() as server:
        settings.NAMRO_MAIL, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 1
        settings.NAMRO_SITE = "http://127.0.0.1:8057"
        yield server


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Return a webhook receiver on loopback, which is waited for no longer than a second."""
    monkeypatch.setattr(webhook, "LIMITS", httpx.Timeout(1))
    with Receiver() as server:
        yield server


@pytest.fixture
def morning() -> Iterator[None]:
    """Hold the clock at nine on a working day."""
    with clock.at(MORNING):
        yield


def notice(who: Person, number: int = 1, level: Level = Level.CRITICAL, **more: Any) -> Notice:
    """Return a notice for a person."""
    return Notice(
        **(
            {
                "event": f"alert:{number}:flip:1", "topic": f"alert:{number}", "person_id": who.pk, "level": level,
                "title": f"Việc số {number} quá hạn", "reason": "bạn phụ trách nhiệm vụ",
                "path": f"/canh-bao/{number}/",
            }
            | more
        )
    )  # fmt: skip
