"""What is owed, one form for a period, one return: read, filled in, checked while one types, sent, corrected."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.audit.actions import record
from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.terms import Capability
from namro.pages.asof import as_of
from namro.pages.forms import listing, overview, sentence, sheet
from namro.pages.forms.boxes import Boxes
from namro.pages.forms.checking import check as checked
from namro.pages.forms.one import OneReturn, form_or_404, one_return
from namro.pages.forms.sending import blank, send
from namro.pages.links import address
from namro.pages.naming import named, period_words
from namro.pages.sheet import KINDS, download
from namro.pages.viewing import needs, viewer_of
from namro.sources.models import Submission


@require_safe
@needs()
def forms(request: HttpRequest) -> HttpResponse:
    """Show what the viewer's units owe and, to those who read all, how every form comes in."""
    viewer, day = viewer_of(request), as_of(request)
    own, home = overview.mine(viewer, day), Unit.objects.get(pk=viewer.home_unit_id)
    every = overview.gathered(viewer, day) if viewer.unit_ids is None else []
    said = sentence.gathered(line.counts.elements() for line in every) if every else ""
    context = {
        "as_of": day,
        "home": home,
        "mine": own,
        "lines": every,
        "sentence": said or sentence.owed(home.name, (row.owed.state for row in own)),
        "measures": [
            (_("Diễn biến tỷ lệ đã nộp"), address("indicator", "bieu_day_du", **day.query)),
            (_("Diễn biến tỷ lệ đúng hạn"), address("indicator", "bieu_dung_han", **day.query)),
        ],
    }
    return render(request, "forms/forms.html", context)


@require_safe
@needs()
def form_returns(request: HttpRequest, form: str) -> HttpResponse:
    """Show one form for a period: who has sent and who has not, within the viewer's reach."""
    viewer, day, declared = viewer_of(request), as_of(request), form_or_404(form)
    period = listing.chosen(declared, day, request.GET.get("ky", ""))
    found = listing.rows(viewer, day, declared, period)
    shown = listing.narrowed(found, request.GET.get("tinh_trang", ""))
    context = {
        "as_of": day,
        "form": declared,
        "period": period,
        "periods": listing.periods(declared, day),
        "crumbs": [(_("Biểu báo cáo"), address("forms", **day.query))],
        "sentence": sentence.of_period(period, (row.owed.state for row in found)),
        "states": listing.states(request, found, declared, period, day),
        "rows": listing.with_verdicts(declared, shown),
        "facts": listing.facts(declared, day),
        "exports": _exports(declared.code, period, day.query) if viewer.can(Capability.EXPORT) else [],
    }
    return render(request, "forms/returns.html", context)


def _exports(code: str, period: Period, kept: dict[str, str]) -> list[tuple[str, str]]:
    names = {"xlsx": _("Xuất Excel"), "csv": _("Xuất CSV")}
    return [(names[kind], address("form_export", code, ky=period.key, dang=kind, **kept)) for kind in KINDS]


@require_safe
@needs(Capability.EXPORT)
@transaction.atomic
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Hand out the returns of a form for a period, leaving a line in the log of who took what."""
    viewer, day, declared = viewer_of(request), as_of(request), form_or_404(form)
    period = listing.chosen(declared, day, request.GET.get("ky", ""))
    lines = listing.lines(declared, listing.rows(viewer, day, declared, period))
    city = Unit.objects.get(pk=viewer.city_id)
    taken = {"table": declared.code, "period": period.key, "rows": len(lines) - 1, "day": day.day}
    record(by=request.user, verb="export", obj=city, after=taken, unit=city.code)
    return download(lines, name=f"bieu-{declared.code}-{period.key}", kind=request.GET.get("dang", "xlsx"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def form(request: HttpRequest, form: str, period: str, unit: str) -> HttpResponse:
    """Show one return, or take it in; what may only be read cannot be sent (404)."""
    one = one_return(viewer_of(request), as_of(request), form=form, period=period, unit=unit)
    if request.method == "POST":
        if not one.may_fill:
            raise Http404(one.url)
        return send(request, one, _frame(request, one))
    context = _frame(request, one)
    wants_form = one.may_fill and (one.current is None or "sua" in request.GET)
    return render(
        request, "forms/form.html", context | (blank(one) | {"filling": True} if wants_form else {})
    )


def _frame(request: HttpRequest, one: OneReturn) -> dict[str, Any]:
    """Return what stands around the boxes, whether they are read or filled in."""
    version = _asked_version(request, one)
    open_here = (
        [each for each in one.findings.get(version.pk, []) if each.closed_day is None] if version else []
    )
    current = one.findings.get(one.current.pk, []) if one.current else []
    return {
        "one": one,
        "as_of": one.as_of,
        "crumbs": [
            (_("Biểu báo cáo"), address("forms", **one.as_of.query)),
            (named(one.form), address("form_returns", one.form.code, ky=one.period.key, **one.as_of.query)),
        ],
        "dateline": f"{named(one.form)} · {period_words(one.period)}",
        "sentence": sentence.of_return(
            one.unit.name, state=one.state, due=one.due, version=one.version, doubts=len(current)
        ),
        "sent": version,
        "rows": sheet.rows(one, version) if version else [],
        "findings": open_here,
        "verdict": sheet.verdict(one.form, version.values, sheet.judging()) if version else None,
        "history": sheet.history(one),
        "tone": overview.TONES[one.state],
        "taken": _taken(one),
        "who": sheet.who(version) if version else "",
        "facts": listing.facts(one.form, one.as_of),
    }


def _asked_version(request: HttpRequest, one: OneReturn) -> Submission | None:
    """Return the version asked for, else the one in force; 404 for one that is not there."""
    wanted = request.GET.get("ban", "")
    if not wanted:
        return one.current
    found = next((row for row in one.versions if str(row.version) == wanted), None)
    if found is None:
        raise Http404(wanted)
    return found


def _taken(one: OneReturn) -> str:
    """Return the name of the draft that the browser may forget: what the version in force was typed from."""
    current = one.current
    if current is None or current.submitted_by_id != one.viewer.person_id:
        return ""
    return one.draft.rpartition(":")[0] + f":{current.version - 1}"


@require_POST
@needs(Capability.FILL_FORMS)
def check(request: HttpRequest, form: str, period: str, unit: str) -> HttpResponse:
    """Say what does not hold in what is being typed; nothing is written."""
    one = one_return(viewer_of(request), as_of(request), form=form, period=period, unit=unit)
    found = checked(one, Boxes(one.form, request.POST).written)
    return render(request, "forms/checked.html", {"checked": found, "one": one})
