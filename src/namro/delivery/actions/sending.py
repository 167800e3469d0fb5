"""Sending the outbox: claimed by one worker, handed over, settled; a claim that was cut off runs out by itself."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from namro.delivery.actions.writing import body_of, letter_of
from namro.delivery.models import Attempt, Message
from namro.delivery.queries.secrets import secret_of
from namro.delivery.rules import wait_after
from namro.delivery.terms import Channel, MessageState, PolicyDef
from namro.ground import clock
from namro.outside import webhook
from namro.outside.faults import Undelivered
from namro.outside.mail import PostOffice

# Longer than any one hand-over may take with all its time limits; after it another worker takes the message over.
CLAIM = timedelta(minutes=5)


def send_due(policy: PolicyDef) -> int:
    """Send what is queued, the gravest first, no more than the place's measure a run; returns how many arrived.

    A way that is shut (no mail server) is left alone for the rest of the run.
    """
    arrived, shut = 0, set[str]()
    with PostOffice() as post_office:
        for _ in range(policy.per_minute):
            message = claim(policy, without=shut)
            if message is None:
                break
            fault = _hand_over(message, post_office)
            settle(message, fault, policy)
            arrived += fault is None
            if fault is not None and fault.whole_way:
                shut.add(message.channel)
    return arrived


@transaction.atomic
def claim(policy: PolicyDef, *, without: set[str] | None = None) -> Message | None:
    """Take the next message for this worker alone and note the try; None when nothing is due."""
    now = clock.now()
    queued = Message.objects.filter(state=MessageState.QUEUED, next_try_at__lte=now)
    queued = queued.exclude(channel__in=without or ()).order_by("-level", "next_try_at")
    message = queued.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.attempts += 1
    message.next_try_at = now + CLAIM
    message.save(update_fields=["attempts", "next_try_at"])
    Attempt.objects.create(message=message, number=message.attempts, begun_at=now)
    return message


def _hand_over(message: Message, post_office: PostOffice) -> Undelivered | None:
    """Hand the message to its channel under its own id; the fault, where it was not taken."""
    try:
        if message.channel == Channel.EMAIL:
            post_office.send(letter_of(message))
        else:
            _call(message)
    except Undelivered as fault:
        return fault
    except Exception as fault:  # noqa: BLE001 - one message that is itself at fault must not hold up all others
        return Undelivered(f"Lỗi khi soạn hoặc gửi ({type(fault).__name__})")
    return None


def _call(message: Message) -> None:
    endpoint = message.endpoint
    if endpoint is None or endpoint.ended_at is not None:
        raise Undelivered("Điểm nhận đã ngừng dùng", is_final=True)
    webhook.call(url=endpoint.url, key=str(message.pk), secret=secret_of(endpoint), body=body_of(message))


@transaction.atomic
def settle(message: Message, fault: Undelivered | None, policy: PolicyDef) -> None:
    """Note how the try ended: arrived, again later, or dead; nothing where another worker has taken it over since."""
    now = clock.now()
    Attempt.objects.filter(message=message, number=message.attempts).update(
        ended_at=now, fault=fault.sentence[:300] if fault else ""
    )
    mine = Message.objects.filter(pk=message.pk, attempts=message.attempts, state=MessageState.QUEUED)
    if fault is None:
        mine.update(state=MessageState.SENT, sent_at=now)
    elif fault.is_final or message.attempts >= policy.attempts:
        mine.update(state=MessageState.DEAD)
    else:
        mine.update(next_try_at=now + wait_after(message.attempts))


@transaction.atomic
def queue_again(message_id: UUID) -> bool:
    """Put a dead message back under the same id, its tries counted on; whether it was dead."""
    dead = Message.objects.filter(pk=message_id, state=MessageState.DEAD)
    return bool(dead.update(state=MessageState.QUEUED, next_try_at=clock.now()))
