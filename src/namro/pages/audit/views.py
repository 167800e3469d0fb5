"""The log, newest first, paged by its own number so that no page gets slower as it grows."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.audit.models import Entry
from namro.audit.queries import count_acts, find_entries, head
from namro.ground import clock
from namro.ground.text import sort_key
from namro.organisation.terms import Capability
from namro.pages.audit.asked import Asked, asked_of
from namro.pages.audit.taken import taken
from namro.pages.audit.told import kinds, told
from namro.pages.audit.verbs import TAKING, VERBS
from namro.pages.links import address
from namro.pages.viewing import needs

PAGE_SIZE = 50
COUNTED_DAYS = 30


@require_safe
@needs(Capability.READ_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Show a page of the log: by person, act, kind of row, unit, days and words."""
    asked = asked_of(request)
    more = {
        "verbs": _choices(VERBS),
        "kinds": _choices({kind: name for kind, name in kinds().items() if kind.partition(".")[0] in OURS}),
        "end": head(),
    }
    return render(request, "audit/audit.html", _page("audit", asked, told) | more)


@require_safe
@needs(Capability.READ_AUDIT)
def audit_exports(request: HttpRequest) -> HttpResponse:
    """Show who took which data out, when, how many rows, narrowed by what."""
    asked = asked_of(request, verbs=TAKING)
    acts, people = count_acts(TAKING, since=clock.today() - timedelta(days=COUNTED_DAYS))
    more = {"acts": acts, "people": people, "days": COUNTED_DAYS}
    return render(request, "audit/exports.html", _page("audit_exports", asked, taken) | more)


OURS = {
    "organisation", "sources", "indicators", "tasks", "reports", "alerts", "delivery", "access"
}  # fmt: skip


def _choices(names: dict[str, Any]) -> list[tuple[str, str]]:
    """Codes and names in Vietnamese order."""
    return sorted(((code, str(name)) for code, name in names.items()), key=lambda pair: sort_key(pair[1]))


def _page(name: str, asked: Asked, tell: Callable[[Iterable[Entry]], list[Any]]) -> dict[str, Any]:
    lines = tell(find_entries(asked.sought, before_id=asked.before_id)[: PAGE_SIZE + 1])
    shown, more = lines[:PAGE_SIZE], len(lines) > PAGE_SIZE
    return {
        "lines": shown,
        "asked": asked.typed,
        "refusals": asked.refusals,
        "is_first": asked.before_id is None,
        "first_url": address(name, **asked.typed),
        "next_url": address(name, **asked.typed, truoc=shown[-1].pk) if more else "",
        "tabs": _tabs(name),
    }


def _tabs(here: str) -> list[dict[str, Any]]:
    ways = (("audit", _("Mọi việc")), ("audit_exports", _("Ai đã xuất gì")))
    return [
        {"url": address(name), "label": label, "count": None, "current": name == here} for name, label in ways
    ]
