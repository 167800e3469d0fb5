"""How a dossier ends, whoever ends it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from namro.dossiers.models import Dossier
from namro.dossiers.terms import Outcome


def ended(outcome: Outcome, at: datetime) -> dict[str, Any]:
    """What a dossier that ends gets: how and when; nobody holds it any more and its clock is over."""
    return {"outcome": outcome, "finished_at": at, "stopped_since": None, "holder": None}


def refused(dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    """What a refused dossier gets."""
    return {**ended(Outcome.REFUSED, at), "decided_at": at}
