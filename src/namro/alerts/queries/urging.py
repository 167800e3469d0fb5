"""Urges that wait for somebody: those that went to the viewer, and how often each thing was urged without an answer."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from namro.alerts.models import Urge
from namro.alerts.terms import Step
from namro.organisation.terms import Capability, Viewer


def urges_to(viewer: Viewer) -> QuerySet[Urge]:
    """The unanswered urges that went to the viewer: as the one in charge, as a lead of the unit, as the authority
    above; the newest first."""
    mine = Q(person_id=viewer.person_id, step=Step.PERSON)
    own = viewer.post_unit_ids
    if viewer.can(Capability.WORK_TASKS):
        mine |= Q(person__isnull=True, unit_id__in=own, step=Step.PERSON)
    if viewer.can(Capability.LEAD_UNIT):
        mine |= Q(unit_id__in=own, step=Step.LEADS)
    if viewer.can(Capability.LEAD_UNIT) or viewer.can(Capability.GRANT_EXTENSIONS):
        mine |= Q(above_id__in=own, step=Step.AUTHORITY)
    rows = Urge.objects.filter(mine, answered_at__isnull=True)
    if not viewer.can(Capability.READ_MARKED):
        rows = rows.filter(Q(is_marked=False) | Q(person_id=viewer.person_id))
    return rows.select_related("unit", "by").order_by("-step", "-pk")


def unanswered(object_keys: Iterable[str]) -> Counter[str]:
    """How often each of the objects was urged without an answer; one query."""
    rows = Urge.objects.filter(answered_at__isnull=True, object_key__in=list(object_keys))
    return Counter(dict(rows.values_list("object_key").annotate(n=Count("pk")).order_by()))


def urged_by(object_keys: Iterable[str], day: date) -> dict[str, tuple[int, date]]:
    """How often each of the objects had been urged by the end of a day, and when last; one query."""
    rows = Urge.objects.filter(object_key__in=list(object_keys), day__lte=day)
    told = rows.values("object_key").annotate(n=Count("pk"), last=Max("day")).order_by()
    return {row["object_key"]: (row["n"], row["last"]) for row in told}
