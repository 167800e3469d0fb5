"""What the applicant thinks of it, asked once when the dossier has ended."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from namro.audit.actions import once
from namro.dossiers.actions.act import Act, Done, Hand, perform
from namro.dossiers.models import Dossier, Satisfaction
from namro.dossiers.terms import Verb
from namro.organisation.terms import Refused


@once
def rate(
    dossier_id: int, *, handling: int, is_settlement_liked: bool, hand: Hand, client_id: UUID, words: str = ""
) -> Done:
    """Say how one was served, 1 to 5, and whether one is content with the settlement; a second time is refused."""
    if not 1 <= handling <= 5:
        raise Refused("Hãy chọn từ 1 đến 5 sao.", field="handling")
    given = {"handling": handling, "is_settlement_liked": is_settlement_liked, "words": words.strip()}
    act = Act(Verb.RATE, hand, client_id, detail={"handling": handling})
    return perform(dossier_id, act, partial(_rated, given, client_id))


def _rated(given: Mapping[str, Any], client_id: UUID, dossier: Dossier, at: datetime) -> Mapping[str, Any]:
    if Satisfaction.objects.filter(dossier=dossier).exists():
        raise Refused("Hồ sơ này đã được đánh giá; mỗi hồ sơ chỉ đánh giá một lần.")
    Satisfaction.objects.create(dossier=dossier, client_id=client_id, at=at, **given)
    return {}
