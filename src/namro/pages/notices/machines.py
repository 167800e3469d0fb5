"""For administrators: what could not be delivered, and where webhooks listen."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.delivery import queries
from namro.delivery.actions import add_endpoint, end_endpoint, retry
from namro.delivery.models import Endpoint, Message
from namro.dossiers.actions.letters import retry_letter
from namro.dossiers.models import ApplicantLetter
from namro.dossiers.queries import letters as applicant_letters
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused
from namro.pages.dossiers.words import letter_told
from namro.pages.links import address
from namro.pages.notices.forms import WebhookForm, put_refusal
from namro.pages.viewing import needs, viewer_of

ADMINISTER = Capability.ADMINISTER


def _act(request: HttpRequest) -> dict[str, Any]:
    return {"by": cast(Person, request.user), "viewer": viewer_of(request)}


def _steps() -> list[tuple[str, str]]:
    return [(_("Thông báo"), address("notices"))]


@require_safe
@needs(ADMINISTER)
def dead_letters(request: HttpRequest) -> HttpResponse:
    """Show what nobody takes any more, why, and the way to try again: to officers and machines, then to applicants."""
    page = queries.dead_letters(viewer_of(request), request.GET.get("sau", ""))
    applicants, to_us = applicant_letters.dead_letters(viewer_of(request)), queries.dead_count()
    context = {
        "steps": _steps(),
        "messages_dead": page.messages,
        "applicants": [(each, letter_told(each)) for each in applicants.latest],
        "applicants_count": applicants.count,
        "to_us": to_us,
        "count": to_us + applicants.count,
        "next_url": address("dead_letters", sau=page.after) if page.after else "",
    }
    return render(request, "notices/dead_letters.html", context)


@require_POST
@needs(ADMINISTER)
def dead_letter_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a dead letter once more, under the id it had."""
    if retry(message=get_object_or_404(Message, pk=pk), **_act(request)):
        messages.success(request, _("Đã đưa thư vào hàng gửi lại."))
    return redirect("dead_letters")


@require_POST
@needs(ADMINISTER)
def applicant_letter_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an applicant's letter once more, under the number it had."""
    if retry_letter(letter=get_object_or_404(ApplicantLetter, pk=pk), **_act(request)):
        messages.success(request, _("Đã đưa thư vào hàng gửi lại."))
    return redirect("dead_letters")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(ADMINISTER)
def webhooks(request: HttpRequest) -> HttpResponse:
    """Show where webhooks listen; set one, whose secret is shown in this answer only."""
    form, secret = WebhookForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            _endpoint, secret = add_endpoint(
                client_id=held["client_id"], url=held["url"], level=held["level"], unit=held["unit"],
                person=held["username"], **_act(request),
            )  # fmt: skip
            form = WebhookForm()
        except Refused as refusal:
            put_refusal(form, refusal)
    context = {
        "steps": _steps(),
        "form": form,
        "secret": secret,
        "rows": [(row, _ask_end(row)) for row in queries.endpoints()[:100]],
    }
    return render(
        request, "notices/webhooks.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _ask_end(row: Endpoint) -> dict[str, Any]:
    return {
        "label": _("Ngừng"),
        "question": _("Ngừng gửi tới điểm nhận này?"),
        "url": address("webhook_end", str(row.pk)),
        "verb": _("Ngừng gửi"),
        "danger": True,
    }


@require_POST
@needs(ADMINISTER)
def webhook_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a webhook."""
    end_endpoint(endpoint=get_object_or_404(Endpoint, pk=pk), **_act(request))
    messages.success(request, _("Đã ngừng gửi tới điểm nhận."))
    return redirect("webhooks")
