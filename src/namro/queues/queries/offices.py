"""Offices, and which of them somebody may run or read."""

from django.db.models import QuerySet

from namro.organisation.terms import Viewer
from namro.queues.models import Office


def office_of(unit_code: str) -> Office | None:
    """Return the office of the unit of that code that is in force, None where people do not wait."""
    return (
        Office.objects.select_related("unit")
        .filter(unit__code=unit_code[:40], unit__valid_to__isnull=True)
        .first()
    )


def offices_in_reach(viewer: Viewer) -> QuerySet[Office]:
    """Return the offices whose unit the viewer may see, in the order of the alphabet."""
    rows = Office.objects.select_related("unit").order_by("unit__sort_key", "pk")
    return rows if viewer.unit_ids is None else rows.filter(unit__in=viewer.unit_ids)
