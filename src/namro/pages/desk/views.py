"""The desk of the person who looks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.ground import clock
from namro.ground.days import format_day
from namro.organisation.models import Unit
from namro.organisation.terms import Capability
from namro.pages.alerts.tile import urged
from namro.pages.desk.panels import count_late, count_owed, forms_due, piles, worst
from namro.pages.desk.sentence import sentence
from namro.pages.viewing import needs, viewer_of
from namro.tasks.queries import desk as desk_of
from namro.tasks.queries.desk import waiting_count


@require_safe
@needs()
def desk(request: HttpRequest) -> HttpResponse:
    """Show what the person owes, what waits for them, and what is late under them; the worst three first."""
    viewer, day = viewer_of(request), clock.today()
    found = desk_of(viewer, day)
    owed, late = count_owed(viewer, found), count_late(viewer, found)
    urges = urged(viewer)
    unit = Unit.objects.get(pk=viewer.home_unit_id)
    context = {
        "sentence": sentence(
            owed=owed.open,
            owed_late=owed.overdue,
            waiting=waiting_count(viewer),
            late=late,
            urged=len(urges),
        ),
        "dateline": _("%(unit)s · %(day)s") % {"unit": unit.name, "day": format_day(day)},
        "worst": worst(found, day),
        "piles": piles(viewer, found, day, owed=owed, late=late, urges=urges),
        "forms": forms_due(viewer, day),
        "may_assign": viewer.can(Capability.ASSIGN_TASKS),
    }
    return render(request, "desk/desk.html", context)
