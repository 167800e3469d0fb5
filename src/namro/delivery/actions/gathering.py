"""Gathering what is due for one receiver by one channel into one message."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from namro.delivery.models import Delivery, Message
from namro.delivery.terms import Channel, Dropped, Level, PolicyDef
from namro.ground import clock

# One gatherer at a time: two would split what is due for a person into two messages.
LOCK = 0x6E616D72  # "namr"
Receiver = tuple[str, int | None, UUID | None]


@transaction.atomic
def gather(policy: PolicyDef) -> int:
    """Make one message a receiver and channel of all that is due; returns how many. What was read needs no mail."""
    if not _alone():
        return 0
    now = clock.now()
    _drop_what_is_settled(now)
    by_receiver = _due(now)
    resting = _spoken_to_since(now - timedelta(minutes=policy.between_minutes))
    messages, gathered = [], []
    for receiver, deliveries in by_receiver.items():
        level = max(Level(delivery.told.level) for delivery in deliveries)
        if receiver in resting and level < Level.CRITICAL:
            continue
        message = _message(receiver, level, now)
        messages.append(message)
        for delivery in deliveries:
            delivery.message = message
            gathered.append(delivery)
    Message.objects.bulk_create(messages, batch_size=2000)
    _put(gathered)
    return len(messages)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _drop_what_is_settled(now: datetime) -> None:
    due = Delivery.objects.filter(message__isnull=True, dropped="", due_at__lte=now)
    due.filter(endpoint__ended_at__isnull=False).update(dropped=Dropped.ENDPOINT_ENDED)
    read = Q(told__read_at__isnull=False, channel=Channel.EMAIL)
    due.filter(read).update(dropped=Dropped.READ)


def _due(now: datetime) -> dict[Receiver, list[Delivery]]:
    due = Delivery.objects.filter(message__isnull=True, dropped="", due_at__lte=now).select_related("told")
    found: dict[Receiver, list[Delivery]] = defaultdict(list)
    rows = due.only("channel", "endpoint_id", "told__level", "told__person_id").order_by("pk")
    for delivery in rows.select_for_update(of=("self",)):
        found[_receiver(delivery)].append(delivery)
    return found


def _receiver(delivery: Delivery) -> Receiver:
    if delivery.endpoint_id:
        return (delivery.channel, None, delivery.endpoint_id)
    return (delivery.channel, delivery.told.person_id, None)


def _spoken_to_since(moment: datetime) -> set[Receiver]:
    rows = Message.objects.filter(made_at__gt=moment)
    return set(rows.values_list("channel", "person_id", "endpoint_id").distinct())


def _message(receiver: Receiver, level: Level, now: datetime) -> Message:
    channel, person_id, endpoint_id = receiver
    return Message(
        channel=channel, person_id=person_id, endpoint_id=endpoint_id, level=level, made_at=now, next_try_at=now
    )  # fmt: skip


def _put(deliveries: Iterable[Delivery]) -> None:
    """Note in which message each went; one statement, whatever their number."""
    pairs = [(delivery.pk, delivery.message_id) for delivery in deliveries]
    if pairs:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE delivery_delivery SET message_id = put.message FROM unnest(%s::bigint[], %s::uuid[]) "
                "AS put(delivery, message) WHERE id = put.delivery",
                [list(column) for column in zip(*pairs, strict=True)],
            )
