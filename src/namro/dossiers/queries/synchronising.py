"""Dossiers that the national portal has not taken yet, for the program that carries them there."""

from django.db.models import QuerySet

from namro.dossiers.models import Dossier
from namro.dossiers.models.dossier import IS_FILED
from namro.organisation.terms import Viewer


def settled_in_reach(viewer: Viewer) -> QuerySet[Dossier]:
    """Filed dossiers that a unit in reach settles: it is that unit's duty to synchronise them."""
    rows = Dossier.objects.filter(IS_FILED)
    return rows if viewer.unit_ids is None else rows.filter(unit_id__in=viewer.unit_ids)


def to_synchronise(viewer: Viewer, *, after: int, size: int) -> list[Dossier]:
    """Return a page of those that are to be sent, the oldest first; made-up ones are never sent. One query."""
    rows = settled_in_reach(viewer).filter(synced_at__isnull=True, is_synthetic=False, pk__gt=after)
    return list(rows.select_related("unit", "procedure").order_by("pk")[:size])
