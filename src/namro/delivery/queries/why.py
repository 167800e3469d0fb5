"""Why did I (not) get this? The log of a topic, by person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from namro.delivery.models import Delivery, Told, ToldPart, Untold
from namro.delivery.terms import Level, MessageState
from namro.ground import clock
from namro.organisation.models import Post
from namro.organisation.terms import Capability, Viewer

MOST = 200
Row = TypeVar("Row", Told, ToldPart, Untold)
SEES_ALL = (Capability.READ_ALL, Capability.READ_AUDIT, Capability.ADMINISTER)


@dataclass(frozen=True)
class Step:
    """How it went by one channel: sent, waiting until, failed how often, or not sent and why."""

    channel: str
    words: str
    at: datetime | None
    tone: str


@dataclass(frozen=True)
class Line:
    """A person of a topic: told at a moment with the reason, or not told with the reason."""

    person: str
    is_me: bool
    at: datetime
    told: bool
    reason: str
    level: Level | None = None
    read_at: datetime | None = None
    steps: Sequence[Step] = ()


def log_of(topic: str, viewer: Viewer, *, also: Iterable[str] = ()) -> list[Line]:
    """Who was told of the topic (and of others about the same thing), by itself or as one with others, when and how,
    and who not and why, the newest first; at most five queries.

    One's own lines always; others' where one reads everything, or they work in a unit within one's reach.
    """
    topics = [topic, *also]
    ways = Delivery.objects.select_related("message").order_by("channel", "pk")
    told = _reached(Told.objects.filter(topic__in=topics), viewer).prefetch_related(
        Prefetch("deliveries", ways)
    )
    parts = _reached(ToldPart.objects.filter(topic__in=topics), viewer).select_related("told__person")
    parts = parts.prefetch_related(Prefetch("told__deliveries", ways))
    untold = _reached(Untold.objects.filter(topic__in=topics), viewer)
    lines = [
        *(_told(row, viewer) for row in told),
        *(_part(row, viewer) for row in parts),
        *(_untold(row, viewer) for row in untold),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _reached(rows: QuerySet[Row], viewer: Viewer) -> QuerySet[Row]:
    found = rows.select_related("person").order_by("-pk")
    if any(viewer.can(capability) for capability in SEES_ALL):
        return found[:MOST]
    colleagues = _held(clock.today()).filter(unit_id__in=viewer.unit_ids or ())
    return found.filter(Q(person_id=viewer.person_id) | Exists(colleagues))[:MOST]


def _held(day: date) -> QuerySet[Post]:
    return Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), person=OuterRef("person_id"), valid_from__lte=day
    )


def _told(row: Told, viewer: Viewer) -> Line:
    return Line(
        person=row.person.full_name,
        is_me=row.person_id == viewer.person_id,
        at=row.at,
        told=True,
        reason=row.reason,
        level=Level(row.level),
        read_at=row.read_at,
        steps=list(_steps(row)),
    )


def _part(row: ToldPart, viewer: Viewer) -> Line:
    """The line of what was told as one with others: the reason of its own, and in which notice it stood."""
    whole = _told(row.told, viewer)
    told = {"reason": row.reason, "title": row.told.title}
    return replace(
        whole, person=row.person.full_name, reason=_("%(reason)s (báo gộp trong tin «%(title)s»)") % told
    )


def _untold(row: Untold, viewer: Viewer) -> Line:
    return Line(
        row.person.full_name, row.person_id == viewer.person_id, row.at, told=False, reason=row.reason
    )


def _steps(row: Told) -> Iterable[Step]:
    for delivery in row.deliveries.all():
        yield Step(delivery.get_channel_display(), *_stands(delivery))


def _stands(delivery: Delivery) -> tuple[str, datetime | None, str]:
    """The words, the moment and the tone of how a delivery stands."""
    message = delivery.message
    if delivery.dropped:
        return _("không gửi: %(why)s") % {"why": delivery.get_dropped_display()}, None, "none"
    if message is None:
        return _("chờ gửi, sớm nhất lúc"), delivery.due_at, "wait"
    if message.state == MessageState.SENT:
        return _("đã gửi"), message.sent_at, "ok"
    if message.state == MessageState.DEAD:
        return _("không gửi được sau %(n)s lần thử") % {"n": message.attempts}, None, "over"
    if message.attempts:
        return _("đã thử %(n)s lần, thử lại lúc") % {"n": message.attempts}, message.next_try_at, "risk"
    return _("đang trong hàng gửi từ"), message.made_at, "wait"
