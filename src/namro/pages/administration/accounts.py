"""Grave acts on someone's account: a link to a new password, a lost second factor, the handover of a post."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from namro.access.actions.factors import clear_factors
from namro.access.actions.passwords import issue_reset
from namro.flows.handover import hand_over
from namro.ground.numbers import format_number
from namro.organisation.models import Person, Post
from namro.organisation.terms import Capability, Refused
from namro.pages.administration.forms import HandoverForm, put_refusal
from namro.pages.entry.proving import grave
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of

ADMINISTER = Capability.ADMINISTER


@require_POST
@needs(ADMINISTER)
@grave
@never_cache
def person_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Show, once, a link by which the person sets a new password; it is handed over in person, not sent."""
    person = get_object_or_404(Person, pk=pk)
    try:
        token = issue_reset(person=person, by=cast(Person, request.user), viewer=viewer_of(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("person", pk)
    where = reverse("password_reset", args=[urlsafe_base64_encode(force_bytes(person.pk)), token])
    context = {"person": person, "link": request.build_absolute_uri(where), "steps": _steps(person)}
    return render(request, "administration/reset.html", context)


@require_POST
@needs(ADMINISTER)
@grave
def person_factors_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factors of someone away who has lost the device and the recovery codes."""
    person = get_object_or_404(Person, pk=pk)
    gone = clear_factors(person=person, by=cast(Person, request.user), viewer=viewer_of(request))
    words = _("Đã gỡ xác thực hai lớp của %s.") if gone else _("%s không có xác thực hai lớp.")
    messages.success(request, words % person)
    return redirect("person", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADMINISTER)
@grave
def post_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a post over to another person, with the open tasks."""
    post = get_object_or_404(Post.objects.select_related("person", "unit"), pk=pk)
    form, status = HandoverForm(), 200
    if request.method == "POST":
        form, status = HandoverForm(request.POST), 422
        if form.is_valid():
            try:
                done = hand_over(
                    post=post, **form.cleaned_data, by=cast(Person, request.user), viewer=viewer_of(request)
                )
            except Refused as refusal:
                put_refusal(form, refusal)
            else:
                words = _("Đã bàn giao %(post)s cho %(person)s cùng %(n)s nhiệm vụ đang mở.")
                said = {"post": post, "person": done.post.person, "n": format_number(done.tasks)}
                messages.success(request, words % said)
                return redirect("person", done.post.person_id)
    context = {"form": form, "post": post, "steps": _steps(post.person)}
    return render(request, "administration/handover.html", context, status=status)


def _steps(person: Person) -> list[tuple[str, str]]:
    return [(_("Quản trị"), address("administration")), (person.full_name, address("person", str(person.pk)))]
