"""Pages that everybody may read: finding a procedure, its text, what one needs for it, its history."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from namro.ground.numbers import format_number
from namro.pages.asof import as_of
from namro.pages.links import address
from namro.pages.naming import is_english, named
from namro.pages.procedures import panels
from namro.pages.procedures.asked import Asked, asked_of
from namro.procedures import queries
from namro.procedures.catalog import from_body
from namro.procedures.formulas.cases import cases_among
from namro.procedures.models import Procedure, ProcedureVersion
from namro.procedures.queries.finding import MOST_COUNTED
from namro.procedures.queries.one import last_text
from namro.procedures.terms import LEVEL_OF, Level


@login_not_required
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Find a procedure: by words without marks, by code, by what happened; nothing asked shows the ways in."""
    asked = asked_of(request)
    old = queries.successors_of(asked.filter.code) if asked.filter.code else []
    if old and queries.procedure(asked.filter.code) is None:
        return HttpResponseRedirect(address("procedure", asked.filter.code))
    events = [_event(event, count) for event, count in queries.events_with_counts()]
    context: dict[str, Any] = {
        "asked": asked,
        "events": events,
        "facets": queries.facets(),
        "levels": Level.choices,
    }
    return render(
        request, "procedures/procedures.html", context | (_found(asked) if asked.is_narrowed else {})
    )


def _event(event: Any, count: int) -> dict[str, Any]:
    about = event.body["about_en" if is_english() else "about"]
    return {"code": event.code, "name": named(event), "about": about, "count": count}


def _found(asked: Asked) -> dict[str, Any]:
    """The rows of the list, and the sentence that says how many there are."""
    page = queries.page_of(asked.filter, after=asked.after)
    count = len(page.procedures) if page.is_loose else queries.count_up_to(asked.filter)
    return {
        "page": page,
        "rows": listed(page.procedures),
        "sentence": _sentence(count, page.is_loose),
        "next_url": asked.address(sau=page.after) if page.after else "",
        "first_url": asked.address() if asked.after else "",
    }


def listed(rows: list[Procedure]) -> list[dict[str, Any]]:
    """Rows of a list, their levels in words."""
    return [{"row": row, "levels": [Level(level).label for level in row.levels]} for row in rows]


def _sentence(count: int, is_loose: bool) -> str:
    if is_loose:
        return _("Không thủ tục nào có đủ các từ; đây là những thủ tục gần nhất")
    if count > MOST_COUNTED:
        return _("Hơn %s thủ tục") % format_number(MOST_COUNTED)
    words = ngettext("%s thủ tục", "%s thủ tục", count)
    return words % format_number(count)


@login_not_required
@require_safe
def procedure_page(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure as it holds on a day; an old code leads to the new one."""
    found = _procedure_or_successors(request, code)
    if isinstance(found, HttpResponse):
        return found
    row, context = found
    version: ProcedureVersion = context["version"]
    context |= {
        "parts": panels.parts(version),
        "doubts": panels.doubts_by_part(version),
        "methods": panels.methods(version.body or {}),
        "groups": panels.papers(version.body or {}),
        "came_from": queries.predecessors_of(code),
        "described": panels.described(row, context["facts"], version.body or {}, context["canonical"]),
    }
    return render(request, "procedures/procedure.html", context)


@login_not_required
@require_safe
def procedure_checklist(request: HttpRequest, code: str) -> HttpResponse:
    """What one needs: the papers of one's case as a list to tick off and print, where to hand in, limit, fee."""
    found = _procedure_or_successors(request, code)
    if isinstance(found, HttpResponse):
        return found
    _row, context = found
    body = context["version"].body or {}
    groups = panels.papers(body)
    cases = cases_among(group.case for group in groups)
    chosen = request.GET.get("truong_hop", "")
    place = int(chosen) if chosen.isdecimal() and len(chosen) < 4 and 0 < int(chosen) <= len(cases) else 0
    shown = [each for each in groups if not place or each.case == cases[place - 1] or each.case not in cases]
    context |= {
        "groups": shown, "cases": list(enumerate(cases, start=1)), "chosen": place,
        "methods": panels.methods(body), "doubts": panels.doubts_by_part(context["version"]),
    }  # fmt: skip
    return render(request, "procedures/checklist.html", context)


@login_not_required
@require_safe
def procedure_history(request: HttpRequest, code: str) -> HttpResponse:
    """All versions of a procedure, the latest first, each with what it changed."""
    found = _procedure_or_successors(request, code)
    if isinstance(found, HttpResponse):
        return found
    row, context = found
    return render(request, "procedures/history.html", context | {"versions": queries.history_of(row)})


def _procedure_or_successors(
    request: HttpRequest, code: str
) -> HttpResponse | tuple[Procedure, dict[str, Any]]:
    """The procedure with what its pages share; for a code that is none any more, the way to what took its place."""
    row = queries.procedure(code[:30])
    if row is None:
        return _successors(request, code[:30])
    day = as_of(request)
    version = queries.version_on(row, day.day)
    if version is None and day.is_past and not row.versions.filter(valid_from__lte=day.day).exists():
        version = row.versions.filter(is_end=False).select_related("batch").order_by("number").first()
    version = version or last_text(row)
    if version is None:
        raise Http404("no text")
    ended, facts = row.current_id is None, from_body(version.body or {})
    context = {
        "row": row, "facts": facts, "version": version, "body": version.body, "as_of": day, "ended": ended,
        "not_yet": version.valid_from > day.day, "levels": [LEVEL_OF[level].label for level in facts.level],
        "successors": queries.successors_of(row.code) if ended else [],
        "canonical": request.build_absolute_uri(reverse("procedure", args=[row.code])),
        "query": day.query,
    }  # fmt: skip
    return row, context


def _successors(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the one code that took the place, or show them where there are several; 404 for a code never known."""
    found = queries.successors_of(code)
    if not found:
        raise Http404("no such procedure")
    if len(found) == 1:
        return HttpResponseRedirect(address("procedure", found[0].new_code, thay=code))
    return render(request, "procedures/old_code.html", {"code": code, "successors": found})
