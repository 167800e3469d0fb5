"""One dossier: for those who work on it, for whoever filed it, and for the public by its code alone."""

from dataclasses import dataclass
from datetime import date, datetime

from namro.dossiers.models import (
    Apology,
    Applicant,
    Dossier,
    DossierEvent,
    DossierFile,
    Payment,
    Satisfaction,
    Supplement,
)
from namro.dossiers.queries import today
from namro.dossiers.queries.scope import visible_to
from namro.dossiers.rules import late_on_at
from namro.dossiers.terms import State, Verb
from namro.organisation.terms import Viewer

# What the public sees of a dossier's way: nothing of who did what inside, of papers, or of money.
PUBLIC_VERBS = (
    Verb.SUBMIT, Verb.RECEIVE, Verb.TURN_AWAY, Verb.CHECK, Verb.SEND, Verb.MOVE_ON, Verb.ASK_SUPPLEMENT,
    Verb.ANSWER_SUPPLEMENT, Verb.TRANSFER, Verb.DECIDE, Verb.REFUSE, Verb.HAND_OVER_RESULT, Verb.WITHDRAW,
    Verb.APOLOGISE,
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A moment on the way of a dossier."""

    label: str
    at: datetime


@dataclass(frozen=True)
class Tracked:
    """What anybody may see who has a code: no person, no paper, no reason."""

    code: str
    procedure_code: str
    procedure_name: str
    unit: str
    state: str
    state_label: str
    submitted_at: datetime
    promised_at: datetime | None
    due_at: datetime | None
    new_at: datetime | None
    finished_at: datetime | None
    late_on: date | None
    is_electronic: bool
    is_synthetic: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Story:
    """All that is kept of a dossier, for those who may open it."""

    events: list[DossierEvent]
    files: list[DossierFile]
    supplements: list[Supplement]
    payments: list[Payment]
    apologies: list[Apology]
    satisfaction: Satisfaction | None


def track(code: str) -> Tracked | None:
    """What is publicly shown of a code, None when there is no such dossier; at most four queries."""
    dossier = Dossier.objects.select_related("procedure", "unit").filter(code=code.strip().upper()).first()
    if dossier is None or dossier.submitted_at is None:
        return None
    events = dossier.events.filter(verb__in=PUBLIC_VERBS).order_by("id").values_list("verb", "at")
    apology = dossier.apologies.order_by("-id").first()
    return Tracked(
        code=dossier.code or "", procedure_code=dossier.procedure.code, procedure_name=dossier.procedure.name,
        unit=dossier.unit.name, state=dossier.state, state_label=str(State(dossier.state).label),
        submitted_at=dossier.submitted_at, promised_at=dossier.promised_at, due_at=dossier.due_at,
        new_at=apology.new_at if apology else None, finished_at=dossier.finished_at,
        late_on=late_on_at(dossier, today.now()), is_electronic=dossier.result_is_electronic,
        is_synthetic=dossier.is_synthetic, steps=tuple(Step(str(Verb(verb).label), at) for verb, at in events),
    )  # fmt: skip


def one(viewer: Viewer, code: str) -> Dossier | None:
    """The dossier of a code, if the viewer may open it; one query."""
    related = visible_to(viewer).select_related(
        "procedure", "version", "unit", "received_unit", "desk__route", "holder", "applicant"
    )
    return related.filter(code=code.strip().upper()).first()


def own(applicant: Applicant, dossier_id: int) -> Dossier | None:
    """The applicant's own dossier, a draft too; one query."""
    rows = Dossier.objects.select_related("procedure", "version", "unit", "received_unit", "applicant")
    return rows.filter(pk=dossier_id, applicant=applicant).first()


def of_applicant(applicant: Applicant, most: int = 100) -> list[Dossier]:
    """The applicant's dossiers, drafts too, the newest first; one query."""
    rows = Dossier.objects.select_related("procedure", "unit").filter(applicant=applicant)
    return list(rows.order_by("-id")[:most])


def story(dossier: Dossier) -> Story:
    """Events, papers, supplements, payments, apologies and the applicant's word; six queries."""
    return Story(
        list(dossier.events.select_related("by", "desk")),
        list(dossier.files.filter(is_dropped=False).select_related("reused_from__dossier")),
        list(dossier.supplement_requests.select_related("asked_by")),
        list(dossier.payments.all()),
        list(dossier.apologies.select_related("signed_by")),
        Satisfaction.objects.filter(dossier=dossier).first(),
    )
