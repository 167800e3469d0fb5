"""One dossier for those who work on it, with all that is kept of it; and what of its way the public sees."""

from collections.abc import Collection
from dataclasses import dataclass

from namro.dossiers.models import (
    Apology,
    ApplicantLetter,
    Dossier,
    DossierEvent,
    DossierFile,
    Payment,
    Satisfaction,
    Supplement,
)
from namro.dossiers.queries.scope import visible_to
from namro.dossiers.terms import Verb
from namro.organisation.terms import Viewer

# What the public sees of a dossier's way: nothing of who did what inside, of papers, or of money.
PUBLIC_VERBS = (
    Verb.SUBMIT, Verb.RECEIVE, Verb.TURN_AWAY, Verb.CHECK, Verb.SEND, Verb.MOVE_ON, Verb.ASK_SUPPLEMENT,
    Verb.ANSWER_SUPPLEMENT, Verb.TRANSFER, Verb.DECIDE, Verb.REFUSE, Verb.HAND_OVER_RESULT, Verb.WITHDRAW,
    Verb.APOLOGISE,
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """All that is kept of a dossier, for those who may open it."""

    events: list[DossierEvent]
    files: list[DossierFile]
    supplements: list[Supplement]
    payments: list[Payment]
    apologies: list[Apology]
    letters: list[ApplicantLetter]
    satisfaction: Satisfaction | None


def one(viewer: Viewer, code: str) -> Dossier | None:
    """The dossier of a code, if the viewer may open it; one query."""
    related = visible_to(viewer).select_related(
        "procedure", "version", "unit", "received_unit", "desk__route", "holder", "applicant"
    )
    return related.filter(code=code.strip().upper()).first()


def dossiers_of(viewer: Viewer, codes: Collection[str]) -> dict[str, Dossier]:
    """The dossiers of some codes that the viewer may open, by code; one query."""
    rows = visible_to(viewer).filter(code__in=codes).select_related("procedure")
    return {str(row.code): row for row in rows}


def story(dossier: Dossier) -> Story:
    """Events, papers, supplements, payments, apologies, letters and the applicant's word; seven queries."""
    return Story(
        list(dossier.events.select_related("by", "desk")),
        list(dossier.files.filter(is_dropped=False).select_related("reused_from__dossier")),
        list(dossier.supplement_requests.select_related("asked_by")),
        list(dossier.payments.all()),
        list(dossier.apologies.select_related("signed_by")),
        list(ApplicantLetter.objects.filter(event__dossier=dossier).select_related("event").order_by("pk")),
        Satisfaction.objects.filter(dossier=dossier).first(),
    )
