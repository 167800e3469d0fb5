"""The questions that were handed to people, as the people of a unit see them."""

from django.db.models import QuerySet

from namro.assistant.models import HandOver
from namro.assistant.terms import HandOverState
from namro.organisation.terms import Viewer


def handed_to(viewer: Viewer) -> QuerySet[HandOver]:
    """Return the questions that wait for the units within the viewer's reach, the oldest first."""
    rows = HandOver.objects.filter(state=HandOverState.WAITING).select_related("unit").order_by("pk")
    return rows if viewer.unit_ids is None else rows.filter(unit_id__in=viewer.unit_ids)
