"""What the assistant's answers are worth, in public: what was measured of its version, its ledger of the last days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.assistant.actions.modelling import endpoint
from namro.assistant.queries.ledger import ledger_since
from namro.assistant.queries.measured import measured, version
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
        "measured": _measured(),
    }
    return render(request, "assistant/measures.html", context)


def _measured() -> dict[str, Any] | None:
    """What was measured last, in the words of the page: shares in percent; None where no package brought figures."""
    found = measured()
    if found is None:
        return None
    figures = found["figures"]
    answered, carried = figures["answered"], figures["support"]
    return {
        "set": found["set"], "source": found["source"], "day": date.fromisoformat(found["day"]),
        "version": found["version"], "is_of_this_code": found["version"] == version(), "rows": list(_rows(figures)),
        "outside": figures["out_of_scope"], "inside": figures["in_scope"],
        "answered": answered["rate"] * 100, "right": answered["right"] * 100, "carried": carried["carried"] * 100,
        "sentences": carried["n"],
    }  # fmt: skip


def _rows(figures: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each corpus and way of typing: how many questions, and how often the right source was found where."""
    ways = ((_("Gõ có dấu"), figures), (_("Gõ không dấu"), figures["without_marks"]),
            (_("Gõ lẫn lỗi bàn phím"), figures["with_slips"]))  # fmt: skip
    for corpus, name in ((_("Thủ tục"), "procedures"), (_("Điều luật"), "articles")):
        for way, part in ways:
            row = part[name]
            if row["n"]:
                yield {
                    "corpus": corpus, "way": way, "n": row["n"], "first": row["hit@1"] * 100,
                    "third": row["hit@3"] * 100, "mean": row["mrr@10"],
                }  # fmt: skip
