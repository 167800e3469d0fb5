"""Letters to applicants that nobody takes any more, for the administrators."""

from dataclasses import dataclass

from namro.dossiers.models import ApplicantLetter
from namro.dossiers.terms import LetterState
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Viewer

MOST_SHOWN = 50


@dataclass(frozen=True)
class DeadLetters:
    """How many letters are dead, and the latest of them, each with its dossier; never where to or what they say."""

    count: int
    latest: list[ApplicantLetter]


def dead_letters(viewer: Viewer) -> DeadLetters:
    """Return the letters that were tried in vain to the end; two queries."""
    check_capability(viewer, Capability.ADMINISTER)
    rows = ApplicantLetter.objects.filter(state=LetterState.DEAD)
    shown = rows.select_related("event__dossier__unit").order_by("-pk")[:MOST_SHOWN]
    return DeadLetters(rows.count(), list(shown))
