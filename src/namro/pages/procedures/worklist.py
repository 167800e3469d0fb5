"""What must be mended in the catalogue: kinds of doubt with their counts, and the procedures that bear one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from namro.organisation.terms import Capability
from namro.pages.links import address
from namro.pages.procedures.asked import asked_of
from namro.pages.procedures.views import listed
from namro.pages.viewing import needs, viewer_of
from namro.procedures import queries
from namro.procedures.terms import TOLD, Flag


@require_safe
@needs()
def procedure_doubts(request: HttpRequest) -> HttpResponse:
    """The worklist: every kind of doubt with its count; with one chosen, its procedures by field."""
    asked = asked_of(request)
    context = {
        "asked": asked,
        "kinds": [(doubt, address("procedure_doubts", co=doubt.flag.value)) for doubt in queries.doubts()],
        "may_import": viewer_of(request).can(Capability.PUBLISH_PROCEDURES),
    }
    if asked.filter.flag:
        flag, page = Flag(asked.filter.flag), queries.page_of(asked.filter, after=asked.after)
        context |= {
            "flag": flag,
            "told": TOLD[flag][1],
            "fields": queries.facets().fields,
            "rows": listed(page.procedures),
            "next_url": asked.address("procedure_doubts", sau=page.after) if page.after else "",
            "first_url": asked.address("procedure_doubts") if asked.after else "",
        }
    return render(request, "procedures/doubts.html", context)
