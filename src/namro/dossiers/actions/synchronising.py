"""Noting what the national portal has taken: parts 1.4 and 4.4 of Decision 766/QĐ-TTg count it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from namro.audit.actions import line, record_many
from namro.dossiers.models import Dossier
from namro.dossiers.queries import today
from namro.dossiers.queries.synchronising import settled_in_reach
from namro.organisation.terms import Viewer

SYNCHRONISE = "synchronise_dossier"


@dataclass(frozen=True)
class Synchronised:
    """How many were noted now, how many had been before, and the codes that stand for none in reach."""

    noted: int
    before: int
    unknown: list[str]


@transaction.atomic
def synchronise(codes: Collection[str], *, by: str, viewer: Viewer) -> Synchronised:
    """Note that the national portal has the dossiers of these codes. The first moment stays, so that twice is as once;
    neither the clock nor the place in any list moves, so nobody's open page grows old by it."""
    rows = settled_in_reach(viewer).filter(code__in=codes, is_synthetic=False)
    found = list(rows.select_related("unit").order_by("pk").select_for_update(of=("self",)))
    fresh, at = [row for row in found if row.synced_at is None], today.now()
    Dossier.objects.filter(pk__in=[row.pk for row in fresh]).update(synced_at=at)
    record_many(
        line(by=by, verb=SYNCHRONISE, obj=row, after={"synced_at": at}, unit=row.unit.code) for row in fresh
    )
    unknown = set(codes) - {str(row.code) for row in found}
    return Synchronised(len(fresh), len(found) - len(fresh), sorted(unknown))
