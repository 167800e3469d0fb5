"""What could not be delivered, for the administrators."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.utils.dateparse import parse_datetime

from namro.delivery.models import Attempt, Message
from namro.delivery.terms import MessageState
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Viewer

PAGE_SIZE = 50


@dataclass(frozen=True)
class DeadPage:
    """Dead letters of a page, and the key after which the next begins (empty at the end)."""

    messages: Sequence[Message]
    after: str


def dead_letters(viewer: Viewer, after: str = "") -> DeadPage:
    """Messages that nobody takes any more, the newest first, with their tries; two queries, without their words."""
    check_capability(viewer, Capability.ADMINISTER)
    rows = Message.objects.filter(state=MessageState.DEAD).annotate(held=Count("deliveries"))
    moment, _, pk = after.partition("_")
    since = parse_datetime(moment) if moment else None
    if since is not None:
        rows = rows.filter(Q(made_at__lt=since) | Q(made_at=since, pk__gt=pk))
    tries = Prefetch("tries", Attempt.objects.order_by("number"))
    rows = rows.select_related("person", "endpoint__person", "endpoint__unit").prefetch_related(tries)
    found = list(rows.order_by("-made_at", "pk")[: PAGE_SIZE + 1])
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    return DeadPage(found[:PAGE_SIZE], f"{last.made_at.isoformat()}_{last.pk}" if last else "")


def dead_count() -> int:
    """How many messages nobody takes any more."""
    return Message.objects.filter(state=MessageState.DEAD).count()
