"""What a clerk notes of a dossier's data: neither the text nor the files tell it by themselves."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from namro.audit.actions import once
from namro.dossiers.actions.act import Act, Done, Hand, perform
from namro.dossiers.models import Dossier
from namro.dossiers.terms import Verb
from namro.organisation.terms import Refused


@dataclass(frozen=True)
class DataUsed:
    """Electronic certified copies among the papers, whether the national database of the population was asked instead
    of the person, and whether the person asks for the result on paper (parts of Decision 766/QĐ-TTg)."""

    certified_copies: int
    uses_population_data: bool
    needs_paper_result: bool


@once
def note_data(
    dossier_id: int, *, data: DataUsed, hand: Hand, client_id: UUID, version: int | None = None
) -> Done:
    """Note the data that a dossier uses; refuses more certified copies than it has files that bear a signature."""
    act = Act(Verb.NOTE_DATA, hand, client_id, version, asdict(data))
    return perform(dossier_id, act, partial(_noted, data))


def _noted(data: DataUsed, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    signed = dossier.files.filter(is_dropped=False, bears_signature=True).count()
    if data.certified_copies > signed:
        raise Refused(
            f"Hồ sơ có {signed} tệp PDF mang chữ ký số, không thể có {data.certified_copies} bản sao chứng thực "
            "điện tử; hãy đưa bản sao vào hồ sơ trước.",
            field="certified_copies",
        )
    return asdict(data)
