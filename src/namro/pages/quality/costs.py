"""What cost the points of a part: dossiers, procedures or feedback, a page at a time, each a door for who may enter."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.dossiers.models import Dossier
from namro.dossiers.queries.one import dossiers_of
from namro.dossiers.queries.today import notice, now
from namro.organisation.terms import Viewer
from namro.pages.dossiers.words import standing, tone_of
from namro.pages.links import address
from namro.pages.naming import is_english, named, period_words
from namro.pages.quality.asked import READERS, asked_of
from namro.pages.quality.panels import counted
from namro.pages.viewing import needs, viewer_of
from namro.procedures.models import Procedure
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
        "dossiers": _dossiers(viewer_of(request), shown) if costs is Costs.DOSSIERS else [],
        "rows": [] if costs is Costs.DOSSIERS else _named(costs, shown),
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


def _dossiers(viewer: Viewer, codes: list[str]) -> list[dict[str, Any]]:
    """The dossiers of the codes as the clerk's list tells them, each a door; one that the viewer may not open is its
    code alone."""
    moment, found = now(), dossiers_of(viewer, codes)
    return [_told(code, found.get(code), moment) for code in codes]


def _told(code: str, row: Dossier | None, moment: datetime) -> dict[str, Any]:
    if row is None:
        return {"code": code, "row": None}
    return {
        "code": code, "row": row, "href": address("dossier", code),
        "tone": tone_of(row, moment), "standing": standing(row, moment),
    }  # fmt: skip


def _named(costs: Costs, codes: list[str]) -> list[tuple[str, str, str]]:
    """Code, name and page of procedures; feedback is opened by its own list, for its code is the sender's key."""
    if costs is Costs.FEEDBACK:
        return [(code, "", "") for code in codes]
    names = dict(Procedure.objects.filter(code__in=codes).values_list("code", "name"))
    return [(code, names.get(code, ""), address("procedure", code)) for code in codes]
