"""A person's own notices, the unread first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from namro.delivery.models import Told
from namro.delivery.terms import CONFIDENTIAL
from namro.ground import clock
from namro.organisation.terms import Capability, Viewer

PAGE_SIZE = 50
MOST_COUNTED = 99


@dataclass(frozen=True)
class NoticePage:
    """Notices of a page, and the key after which the next begins (empty at the end)."""

    notices: Sequence[Told]
    after: str


def inbox(viewer: Viewer, after: str = "") -> NoticePage:
    """The viewer's notices, unread first, then the newest first; at most two queries."""
    mine = _come(viewer.person_id).select_related("unit", "instead_of")
    stage, _, key = after.partition("-")
    pk = int(key) if key.isdecimal() else None
    found: list[Told] = []
    if stage != "r":
        found = _page(mine.filter(read_at__isnull=True), pk, PAGE_SIZE + 1)
        pk = None
    if len(found) <= PAGE_SIZE:
        found += _page(mine.filter(read_at__isnull=False), pk, PAGE_SIZE + 1 - len(found))
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    key_after = f"{'r' if last.read_at else 'u'}-{last.pk}" if last else ""
    return NoticePage([shown_to(viewer, told) for told in found[:PAGE_SIZE]], key_after)


def _come(person_id: int) -> QuerySet[Told]:
    """What the person may look at by now."""
    come = Q(not_before__isnull=True) | Q(not_before__lte=clock.now())
    return Told.objects.filter(come, person_id=person_id)


def _page(rows: QuerySet[Told], below: int | None, size: int) -> list[Told]:
    kept = rows.filter(pk__lt=below) if below is not None else rows
    return list(kept.order_by("-pk")[:size])


def shown_to(viewer: Viewer, told: Told) -> Told:
    """The notice as the viewer may read it: words of what is marked only for those who may read it today."""
    if told.confidential and not viewer.can(Capability.READ_MARKED):
        told.title, told.body = str(CONFIDENTIAL), ""
    return told


def unread_count(person_id: int) -> int:
    """How many notices the person has not read, counted no further than 99; one query."""
    return _come(person_id).filter(read_at__isnull=True).order_by()[:MOST_COUNTED].count()
