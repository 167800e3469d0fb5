"""Which dossiers a viewer may open: the one place."""

from django.db.models import Q, QuerySet

from namro.dossiers.models import Dossier
from namro.dossiers.terms import FILED
from namro.organisation.terms import Capability, Viewer

MAY_READ = (Capability.RECEIVE_DOSSIERS, Capability.SETTLE_DOSSIERS, Capability.READ_ALL)


def visible_to(viewer: Viewer) -> QuerySet[Dossier]:
    """Filed dossiers that a unit in reach settles or received; a draft is its applicant's alone. None for whoever has
    nothing to do with dossiers."""
    if not any(viewer.can(each) for each in MAY_READ):
        return Dossier.objects.none()
    rows = Dossier.objects.filter(state__in=FILED)
    if viewer.unit_ids is None:
        return rows
    return rows.filter(Q(unit_id__in=viewer.unit_ids) | Q(received_unit_id__in=viewer.unit_ids))
