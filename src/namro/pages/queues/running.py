"""Running the office: which counter takes what, closing one that was forgotten, the code that hangs in the hall."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused
from namro.pages.naming import named
from namro.pages.qr import qr_image
from namro.pages.queues.finding import office_in_reach
from namro.pages.viewing import needs, viewer_of
from namro.queues import actions
from namro.queues.models import Counter, Office


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.RUN_DESK)
def queue_run(request: HttpRequest, unit: str) -> HttpResponse:
    """Show the counters with what each takes; take a change."""
    office, refusal = office_in_reach(request, unit), ""
    if request.method == "POST":
        try:
            return _changed(request, office)
        except Refused as refused:
            refusal = refused.sentence
    services = [(each.code, named(each)) for each in office.services.filter(is_offered=True)]
    kiosk = reverse("queue_kiosk", args=[unit])
    phone = request.build_absolute_uri(f"{kiosk}?ma={actions.code_of_day(office)}")
    context = {
        "office": office, "services": services, "refusal": refusal, "phone": phone, "qr": qr_image(phone),
        "counters": office.counters.select_related("person"), "kiosk": f"{kiosk}?ma={office.key}",
        "board": f"{reverse('queue_board', args=[unit])}?ma={office.key}",
    }  # fmt: skip
    return render(request, "queues/run.html", context, status=422 if refusal else 200)


def _changed(request: HttpRequest, office: Office) -> HttpResponse:
    counter = _counter(request, office)
    by, viewer = cast(Person, request.user), viewer_of(request)
    if request.POST.get("deed") == "close":
        actions.close_counter(counter.pk, by=by, viewer=viewer)
        messages.success(request, _("Đã đóng quầy %s.") % counter.number)
    else:
        actions.set_services(counter.pk, request.POST.getlist("services"), by=by, viewer=viewer)
        messages.success(request, _("Đã ghi nhóm việc của quầy %s.") % counter.number)
    return redirect("queue_run", office.unit.code)


def _counter(request: HttpRequest, office: Office) -> Counter:
    number = request.POST.get("counter", "")
    found = (
        office.counters.filter(number=int(number)).first()
        if number.isascii() and number.isdigit() and len(number) < 5
        else None
    )
    if found is None:
        raise Refused(_("Hãy chọn một quầy của nơi này."), field="counter")
    return found
