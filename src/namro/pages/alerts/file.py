"""One alert: what, where, how serious, since when, what to do, who decides; its history, and what is done with it."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from namro.alerts.models import Alert
from namro.alerts.queries import AlertFile, one_alert, topics_of
from namro.delivery.queries import log_of
from namro.delivery.terms import Level
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.alerts import panels
from namro.pages.alerts.forms import BY_SLUG, HANDLING, AlertForm, UrgeForm
from namro.pages.alerts.rows import TONES, age, standing
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of

TAKEN = "draft-taken"


@require_safe
@needs()
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything about one alert; 404 when the viewer may not see it."""
    viewer = viewer_of(request)
    return render(request, "alerts/alert.html", _page(request, viewer, _file(viewer, pk)))


def _file(viewer: Viewer, pk: int) -> AlertFile:
    found = one_alert(viewer, pk)
    if found is None:
        raise Http404(str(pk))
    return found


def _page(
    request: HttpRequest, viewer: Viewer, file: AlertFile, tried: AlertForm | None = None
) -> dict[str, Any]:
    """All that the page shows; `tried` is what was refused and stays open with what was typed."""
    shown, today, units = file.alert, clock.today(), panels.units_of_measure()
    return {
        "file": file,
        "alert": shown,
        "level": str(Level(shown.level).label),
        "tone": TONES[Level(shown.level)],
        "age": age(shown, today),
        "standing": standing(shown, today),
        "crumbs": panels.crumbs(file),
        "value": panels.value_of(file, units),
        "thresholds": panels.thresholds_of(file.rule, units),
        "history": panels.history_of(file),
        "urges": [panels.urge_line(urge) for urge in file.urges],
        "deeds": _deeds(file, viewer, tried),
        "task_url": _task_url(file, viewer),
        "made_task": reverse("task", args=[shown.task_code]) if shown.task_code else "",
        "log": log_of(shown.topic, viewer, also=topics_of(shown)),
        "inhibitor": reverse("alert", args=[shown.inhibited_by_id]) if shown.inhibited_by_id else "",
        "taken": request.session.pop(TAKEN, ""),
    }


def _deeds(file: AlertFile, viewer: Viewer, tried: AlertForm | None) -> list[AlertForm]:
    """A form for each thing the viewer may do now; the one tried as it was typed."""
    may: list[type[AlertForm]] = [
        *(HANDLING if file.may_handle else ()),
        *((UrgeForm,) if file.may_urge else ()),
    ]
    return [tried if isinstance(tried, form) else form(viewer=viewer, alert=file.alert) for form in may]


def _task_url(file: AlertFile, viewer: Viewer) -> str:
    """Where a task is made from it, for those who give out work; none once there is one."""
    if not file.may_handle or file.alert.task_code or not viewer.can(Capability.ASSIGN_TASKS):
        return ""
    return address("task_new", canh_bao=file.alert.pk)


@require_POST
@needs(Capability.HANDLE_ALERTS, Capability.ASSIGN_TASKS, Capability.LEAD_UNIT)
def alert_act(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Do one thing with one alert; a refusal stands beside its field with everything typed still there."""
    viewer = viewer_of(request)
    file = _file(viewer, pk)
    if deed not in BY_SLUG:
        raise Http404(deed)
    form = BY_SLUG[deed](request.POST, viewer=viewer, alert=file.alert)
    if form.is_valid() and _carried_out(form, file.alert, cast(Person, request.user), viewer):
        messages.success(request, form.done)
        request.session[TAKEN] = form.draft
        return HttpResponseRedirect(reverse("alert", args=[pk]))
    page = _page(request, viewer, _file(viewer, pk), form)
    return render(request, "alerts/alert.html", page, status=422)


def _carried_out(form: AlertForm, about: Alert, by: Person, viewer: Viewer) -> bool:
    """Whether it was done; a refusal goes onto the form."""
    try:
        outcome = form.carry_out([about.pk], by=by, viewer=viewer)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    for _pk, why in outcome.refused:
        form.add_error(None, why or _("Chưa làm được."))
    return not outcome.refused
