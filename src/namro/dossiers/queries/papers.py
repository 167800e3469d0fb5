"""Which papers a version asks for, which of them the applicant has handed in before, and the files themselves."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet

from namro.dossiers.models import Applicant, DossierFile
from namro.dossiers.queries.desk import record_of
from namro.dossiers.terms import State
from namro.procedures.models import ProcedureVersion

OTHER, RESULT = "khac", "ket-qua"


@dataclass(frozen=True)
class PaperAsked:
    """A paper that a version asks for, under the place at which it stands there."""

    key: str
    name: str
    original: int
    copies: int
    form: str
    case: str


def papers_of(version: ProcedureVersion) -> list[PaperAsked]:
    """The papers that the text asks for, in its order."""
    documents = record_of(version).documents
    return [
        PaperAsked(str(place), each.name, each.original, each.copies, each.form, each.case)
        for place, each in enumerate(documents, start=1)
    ]


def may_reuse(applicant: Applicant | None) -> QuerySet[DossierFile]:
    """Files of the applicant in dossiers that were filed, and results that were given, the newest first."""
    rows = DossierFile.objects.filter(dossier__applicant=applicant, is_dropped=False)
    if applicant is None:
        return rows.none()
    unfetched = Q(paper=RESULT) & ~Q(dossier__state=State.RESULT_GIVEN)
    rows = rows.exclude(dossier__state=State.DRAFT).exclude(unfetched)
    return rows.select_related("dossier__procedure").order_by("-id")


def reusable_papers(applicant: Applicant, most: int = 50) -> list[DossierFile]:
    """The same as a list, each content once."""
    found: dict[str, DossierFile] = {}
    for file in may_reuse(applicant)[: most * 4]:
        found.setdefault(file.sha256, file)
    return list(found.values())[:most]


def stored_name(sha256: str) -> str:
    """Where the content of a digest is stored."""
    return f"dossiers/{sha256[:2]}/{sha256}"


def open_file(file: DossierFile) -> Any:
    """The content, opened to be read."""
    return default_storage.open(stored_name(file.sha256))
