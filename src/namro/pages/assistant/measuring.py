"""What the assistant's answers are worth, in public: its ledger of the last days."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from namro.assistant.actions.modelling import endpoint
from namro.assistant.queries.ledger import ledger_since
from namro.assistant.terms import AnswerKind
from namro.ground import clock

DAYS = 30


@login_not_required
@require_safe
def assistant_measures(request: HttpRequest) -> HttpResponse:
    """How many were asked and how they were answered, how fast, and what people thought; with what stands behind it."""
    since = clock.now() - timedelta(days=DAYS)
    ledger = ledger_since(since)
    kinds = [(AnswerKind(kind).label, count) for kind, count in ledger.by_kind.items()]
    where = endpoint()
    context = {
        "ledger": ledger,
        "kinds": sorted(kinds, key=lambda each: -each[1]),
        "days": DAYS,
        "since": since.date(),
        "model": where.model if where else "",
    }
    return render(request, "assistant/measures.html", context)
