"""What I was told, and why I was (not)."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from namro.delivery.actions import mark_read
from namro.delivery.models import Told
from namro.delivery.queries import inbox, log_of, unread_count
from namro.ground.numbers import format_number
from namro.organisation.models import Person
from namro.organisation.terms import Capability
from namro.pages.links import address
from namro.pages.notices.rows import rows_of
from namro.pages.viewing import needs, viewer_of


@require_safe
@needs()
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the person was told, the unread first."""
    viewer = viewer_of(request)
    page, unread = inbox(viewer, request.GET.get("sau", "")), unread_count(viewer.person_id)
    context = {
        "sentence": _sentence(unread),
        "unread": unread,
        "rows": rows_of(page.notices),
        "next_url": address("notices", sau=page.after) if page.after else "",
        "may_administer": viewer.can(Capability.ADMINISTER),
    }
    return render(request, "notices/notices.html", context)


def _sentence(unread: int) -> str:
    if not unread:
        return _("Không có tin nào chưa đọc")
    words = ngettext("%(n)s tin chưa đọc", "%(n)s tin chưa đọc", unread)
    return words % {"n": format_number(unread)}


@require_POST
@needs()
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark as read: those named by `tin`, or all."""
    named = [int(each) for each in request.POST.getlist("tin") if each.isdecimal()]
    marked = mark_read(named if "tin" in request.POST else None, by=cast(Person, request.user))
    if marked:
        words = ngettext("Đã đánh dấu %(n)s tin là đã đọc.", "Đã đánh dấu %(n)s tin là đã đọc.", marked)
        messages.success(request, words % {"n": format_number(marked)})
    return redirect("notices")


@require_safe
@needs()
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the page a notice is about, and mark it as read."""
    told = get_object_or_404(Told, pk=pk, person_id=viewer_of(request).person_id)
    mark_read([told.pk], by=cast(Person, request.user))
    inside = url_has_allowed_host_and_scheme(told.path, allowed_hosts=None) and told.path.startswith("/")
    return redirect(told.path if inside else "notices")


@require_safe
@needs()
def notice_log(request: HttpRequest) -> HttpResponse:
    """Answer for a topic who was told, when and how, and who was not and why."""
    topic = request.GET.get("chu-de", "").strip()
    lines = log_of(topic, viewer_of(request)) if topic else []
    if not lines:
        raise Http404("nothing of it concerns the viewer")
    context = {"lines": lines, "steps": [(_("Thông báo"), address("notices"))]}
    return render(request, "notices/why.html", context)
