"""Reports: the templates, one report of a unit on a day, its files, and the figures of a day that has none yet."""

from typing import Any, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from namro.flows.reporting import let_river_run
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Capability
from namro.pages.asof import AsOf
from namro.pages.links import address
from namro.pages.naming import period_words
from namro.pages.reports import owed, panels
from namro.pages.reports.asked import Asked, asked_of, home_of
from namro.pages.reports.drawing import pictures
from namro.pages.viewing import needs, viewer_of
from namro.reports.actions import note_handed_out
from namro.reports.queries import report as made
from namro.reports.queries import templates
from namro.reports.queries.subject import reported_period
from namro.reports.renderers import MEDIA_TYPES, file_name
from namro.reports.renderers import render as drawn
from namro.reports.renderers.addresses import on_site
from namro.reports.terms import Format


@require_safe
@needs()
def reports(request: HttpRequest) -> HttpResponse:
    """Show the templates in use, each with the way to the report of the city and of the viewer's own unit."""
    viewer, today = viewer_of(request), clock.today()
    units = list(dict.fromkeys([home_of(viewer), Unit.objects.get(pk=viewer.home_unit_id)]))
    rows = [
        {
            "template": declared,
            "period": period_words(reported_period(declared.period, today)),
            "ways": [(unit.name, address("report", declared.code, don_vi=unit.code)) for unit in units],
        }
        for declared in templates()
    ]
    context = {
        "rows": rows,
        "as_of": AsOf(today),
        "mine": owed.mine(viewer, today),
        "schedules": owed.schedules(viewer, today),
        "letters": viewer.can(Capability.ASSIGN_TASKS),
    }
    return render(request, "reports/reports.html", context)


@require_safe
@needs()
def report(request: HttpRequest, template: str) -> HttpResponse:
    """Show a report; where the day has no figures yet, the one next step."""
    asked = asked_of(request, template)
    context = _frame(asked) | (panels.page(asked) if asked.has_figures else {})
    return render(request, "reports/report.html", context, status=422 if asked.unit_refusal else 200)


def _frame(asked: Asked) -> dict[str, Any]:
    return {
        "asked": asked,
        "as_of": asked.as_of,
        "template": asked.template,
        "units": panels.units_to_choose(asked),
        "compute_url": address("report_compute", asked.template.code),
    }


@require_safe
@needs(Capability.EXPORT)
@transaction.atomic
def report_file(request: HttpRequest, template: str) -> HttpResponse:
    """Hand a report out as a file, with a line in the log of who took what; a day without figures goes to its page."""
    asked = asked_of(request, template)
    if not asked.has_figures:
        return redirect(asked.to("report"))
    form = _format(request.GET.get("dang", ""))
    document = made(asked.template, asked.unit, asked.day)
    content = drawn(document, form, pictures(), on_site(request.build_absolute_uri("/")))
    note_handed_out(document, form, by=cast(Person, request.user))
    name = file_name(document, form)
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _format(text: str) -> Format:
    return Format(text) if text in set(Format) else Format.DOCX


@require_POST
@needs()
def report_compute(request: HttpRequest, template: str) -> HttpResponse:
    """Let the river run for a day that has no figures yet, then show the report; twice leaves the same."""
    asked = asked_of(request, template, request.POST)
    if not asked.has_figures:
        let_river_run(asked.day)
    return redirect(asked.to("report"))
