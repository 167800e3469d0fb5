"""Dossiers of a December for the index: what is not said is as it should be."""

from datetime import date, datetime, time
from itertools import count
from typing import Any
from uuid import uuid4

from namro.dossiers.models import Dossier, Satisfaction
from namro.dossiers.terms import Channel, Outcome, State
from namro.ground.clock import VIETNAM
from namro.organisation.models import Unit
from namro.procedures.models import Procedure

_numbers = count(1)


def at(day: int, month: int = 12, year: int = 2025, hour: int = 9) -> datetime:
    """Return a moment, in December 2025 where nothing else is said."""
    return datetime.combine(date(year, month, day), time(hour), VIETNAM)


def dossier(unit: Unit, procedure: str = "1.000001", **more: Any) -> Dossier:
    """Return a stored dossier: received on the 1st, due on the 10th, granted on the 5th; `more` replaces parts."""
    number = next(_numbers)
    of = Procedure.objects.get(code=procedure)
    received = more.pop("received_at", at(1))
    finished = more.pop("finished_at", at(5))
    liked = more.pop("liked", None)
    values = {
        "client_id": uuid4(), "code": f"H17.{unit.code}-{number:04d}", "procedure": of, "version": of.current,
        "unit": unit, "received_unit": unit, "channel": Channel.DESK,
        "state": State.RESULT_GIVEN if finished else State.IN_PROCESS,
        "submitted_at": received, "received_at": received, "promised_at": at(10), "due_at": at(10),
        "finished_at": finished, "outcome": Outcome.GRANTED if finished else None, "touched_at": received,
    }  # fmt: skip
    made = Dossier.objects.create(**values | more)
    if liked is not None:
        Satisfaction.objects.create(
            dossier=made, client_id=uuid4(), handling=4, is_settlement_liked=liked, at=at(20)
        )
    return made
