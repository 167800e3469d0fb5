"""What cost the points of a part: dossiers, procedures or feedback, a page at a time, each a door for who may enter."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.dossiers.queries.today import notice
from namro.pages.links import address
from namro.pages.naming import is_english, named, period_words
from namro.pages.quality.asked import READERS, asked_of
from namro.pages.quality.panels import counted
from namro.pages.viewing import needs
from namro.quality.queries import costing, costing_count, costs_of
from namro.quality.terms import Costs

PAGE_SIZE = 100


@require_safe
@needs(*READERS)
def quality_costs(request: HttpRequest, code: str, month: str, part: str) -> HttpResponse:
    """Show the rows that a part counts and that do not fulfil it."""
    asked = asked_of(request, code, month)
    chosen = next((each for each in asked.scheme.parts if each.code == part), None)
    if chosen is None:
        raise Http404("no such part")
    after = request.GET.get("sau", "")[:60]
    codes = costing(chosen, asked.where, after=after, limit=PAGE_SIZE + 1)
    shown = codes[:PAGE_SIZE]
    count, costs = costing_count(chosen, asked.where), costs_of(chosen, asked.where.readings)
    context = {
        "asked": asked, "part": chosen, "how": chosen.how_en if is_english() else chosen.how,
        "notice_line": notice(),
        "rows": [(each, _door(costs, each)) for each in shown],
        "next_url": asked.costs(part, shown[-1]) if len(codes) > PAGE_SIZE else "",
        "first_url": asked.costs(part) if after else "",
        "crumbs": _crumbs(asked, named(chosen)),
        "sentence": _("%(count)s làm mất điểm “%(part)s” của %(unit)s %(month)s") % {
            "count": counted(costs, count), "part": named(chosen), "unit": asked.unit.name,
            "month": period_words(asked.period),
        },
    }  # fmt: skip
    return render(request, "quality/costs.html", context)


def _crumbs(asked: Any, name: str) -> list[tuple[str, str]]:
    return [
        (_("Chất lượng phục vụ"), address("quality", thang=asked.period.key)),
        (asked.unit.name, asked.score()), (name, ""),
    ]  # fmt: skip


def _door(costs: Costs, code: str) -> str:
    """The page of a row, which every reader of this list may open; feedback is opened by its own list, for its code is
    the sender's key."""
    if costs is Costs.FEEDBACK:
        return ""
    return address("dossier" if costs is Costs.DOSSIERS else "procedure", code)
