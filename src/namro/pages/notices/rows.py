"""Notices as the page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from namro.delivery.models import Told
from namro.delivery.terms import Level
from namro.pages.links import address

TONES = {Level.CRITICAL: "over", Level.WARNING: "risk", Level.WATCH: "wait", Level.INFO: "none"}


@dataclass(frozen=True)
class Row:
    """One notice: what it says, why it came, the way to its page and to the log of its topic."""

    pk: int
    tone: str
    level: str
    title: str
    body: str
    reason: str
    at: datetime
    unread: bool
    href: str
    why: str


def rows_of(notices: Iterable[Told]) -> list[Row]:
    """The rows of a page of notices."""
    return [_row(told) for told in notices]


def _row(told: Told) -> Row:
    level = Level(told.level)
    return Row(
        pk=told.pk,
        tone=TONES[level],
        level=str(level.label),
        title=told.title,
        body=told.body,
        reason=told.reason,
        at=told.at,
        unread=told.read_at is None,
        href=address("notice_open", str(told.pk)) if told.path else "",
        why=address("notice_log", **{"chu-de": told.topic}),
    )
