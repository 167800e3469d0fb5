"""The log, newest first, paged by its own number so that no page gets slower as it grows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from namro.audit.queries import find_entries
from namro.organisation.terms import Capability
from namro.pages.audit.told import told
from namro.pages.links import address
from namro.pages.viewing import needs

PAGE_SIZE = 50


@require_safe
@needs(Capability.READ_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Show a page of the log that holds the words asked for."""
    words = request.GET.get("q", "").strip()[:100]
    before = request.GET.get("truoc", "")
    before_id = int(before) if before.isdecimal() and len(before) < 19 else None
    lines = told(find_entries(words=words, before_id=before_id)[: PAGE_SIZE + 1])
    return render(request, "audit/audit.html", _context(lines, words, before_id))


def _context(lines: list[Any], words: str, before_id: int | None) -> dict[str, Any]:
    shown = lines[:PAGE_SIZE]
    more = len(lines) > PAGE_SIZE
    return {
        "lines": shown,
        "q": words,
        "is_first": before_id is None,
        "first_url": address("audit", q=words),
        "next_url": address("audit", q=words, truoc=shown[-1].pk) if more else "",
    }
