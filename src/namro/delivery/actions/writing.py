"""Writing a message: the letter a person reads, the JSON a machine reads; what is confidential goes as a link only."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from namro.delivery.models import Message, Told
from namro.delivery.terms import CONFIDENTIAL, Level
from namro.outside.faults import Undelivered
from namro.outside.mail import Letter

MOST = 100
INBOX = "/thong-bao/"


@dataclass(frozen=True, slots=True)
class Item:
    """A notice as it may leave the house."""

    event: str
    topic: str
    level: Level
    title: str
    body: str
    reason: str
    url: str
    unit: str


def letter_of(message: Message) -> Letter:
    """The letter of a message, in Vietnamese: the gravest first, no more than a hundred, the rest counted."""
    items, person = items_of(message), message.person
    if person is None or not person.is_active or not person.email:
        # Both may have changed since the letter was gathered.
        raise Undelivered("Người nhận không còn địa chỉ thư, hoặc tài khoản đã khóa", is_final=True)
    shown = {
        "person": person,
        "items": items[:MOST],
        "more": len(items) - MOST,
        "site": settings.NAMRO_SITE,
        "inbox": settings.NAMRO_SITE + INBOX,
        "subject": subject_of(items),
    }
    with override("vi"):
        return Letter(
            key=str(message.pk),
            to=person.email,
            subject=shown["subject"],
            text=render_to_string("notices/letter.txt", shown),
            html=render_to_string("notices/letter.html", shown),
        )


def subject_of(items: list[Item]) -> str:
    """What a letter is about: its one notice, or how many there are and how many are grave."""
    if len(items) == 1:
        title = " ".join(items[0].title.split())  # a header is one line
        return f"[Năm Rõ] {items[0].level.label}: {title}"[:150]
    grave = [
        f"{n} {level.label.lower()}"
        for level in (Level.CRITICAL, Level.WARNING)
        if (n := _count(items, level))
    ]
    return f"[Năm Rõ] {len(items)} tin" + (f", có {', '.join(grave)}" if grave else "")


def _count(items: list[Item], level: Level) -> int:
    return sum(item.level == level for item in items)


def body_of(message: Message) -> bytes:
    """The JSON of a call: what happened, each event once though several people were told of it."""
    items = {item.event: item for item in reversed(items_of(message, one_by_one=True))}
    said = {
        "id": str(message.pk),
        "made_at": message.made_at.isoformat(),
        "level": Level(message.level).name.lower(),
        "notices": [_as_json(item) for item in reversed(items.values())],
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _as_json(item: Item) -> dict[str, str]:
    plain = {
        name: getattr(item, name) for name in ("event", "topic", "title", "body", "reason", "url", "unit")
    }
    return plain | {"level": item.level.name.lower()}


def items_of(message: Message, *, one_by_one: bool = False) -> list[Item]:
    """The notices of a message, the gravest first; for a machine each of what was told as one, by its own event."""
    rows = Told.objects.filter(deliveries__message=message).select_related("unit").order_by("-level", "pk")
    if one_by_one:
        rows = rows.prefetch_related("parts__unit")
    with override("vi"):
        return [item for told in rows for item in _items(told, message, one_by_one)]


def _items(told: Told, message: Message, one_by_one: bool) -> Iterable[Item]:
    """A notice as it may leave the house; its parts, where they are wanted: to a unit's machine those of the unit."""
    parts = list(told.parts.all()) if one_by_one else []
    if not parts:
        yield _whole(told)
    for part in parts:
        if message.endpoint is None or message.endpoint.unit_id in (None, part.unit_id):
            yield Item(
                part.event, part.topic, Level(told.level), part.title, "", part.reason,
                settings.NAMRO_SITE + (part.path or INBOX), part.unit.code if part.unit else "",
            )  # fmt: skip


def _whole(told: Told) -> Item:
    hidden = told.confidential
    return Item(
        event=told.event,
        topic="" if hidden else told.topic,
        level=Level(told.level),
        title=str(CONFIDENTIAL) if hidden else told.title,
        body="" if hidden else told.body,
        reason=told.reason,
        url=settings.NAMRO_SITE + (told.path or INBOX),
        unit=told.unit.code if told.unit else "",
    )
