"""Lines of the log in the words of people: the verb, the row, and what changed from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from namro.audit.models import Entry
from namro.ground.clock import VIETNAM
from namro.ground.numbers import NO_VALUE
from namro.pages.audit.verbs import VERBS, VERBS_OF_KIND
from namro.pages.links import address


@dataclass(frozen=True)
class Change:
    """One value before and after, as text."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A line of the log, with the keys of components/history.html (at, who, what, detail) and its changes."""

    pk: int
    at: datetime
    who: str
    what: str
    detail: str
    label: str
    kind: str
    unit: str
    row_url: str
    changes: list[Change]


def told(entries: Iterable[Entry]) -> list[Told]:
    """Return lines of the log as people read them."""
    return [_told(entry) for entry in entries]


def _told(entry: Entry) -> Told:
    return Told(
        pk=entry.pk,
        at=entry.at.astimezone(VIETNAM),
        who=entry.by_name or str(_("hệ thống")),
        what=str(VERBS_OF_KIND.get((entry.kind, entry.verb)) or VERBS.get(entry.verb, entry.verb)),
        detail=entry.ground,
        label=entry.label,
        kind=str(kinds().get(entry.kind, entry.kind)),
        unit=entry.unit_code,
        row_url=address("audit", loai=entry.kind, khoa=entry.key),
        changes=changes(entry.before, entry.after),
    )


@cache
def kinds() -> dict[str, str | Promise]:
    """Return the name of every kind of row, in the language of whoever reads it."""
    return {model._meta.label_lower: model._meta.verbose_name or "" for model in apps.get_models()}


def changes(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[Change]:
    """Return the values that differ, by name, in the order in which they were written."""
    old, new = before or {}, after or {}
    names = [*old, *(name for name in new if name not in old)]
    return [
        Change(name, _text(old.get(name)), _text(new.get(name)))
        for name in names
        if old.get(name) != new.get(name)
    ]


def _text(value: Any) -> str:
    if value is None or value == "":
        return NO_VALUE
    if isinstance(value, bool):
        return str(_("có") if value else _("không"))
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_text(inner)}" for name, inner in value.items())
    return str(value)
