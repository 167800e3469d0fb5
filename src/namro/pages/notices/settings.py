"""How I hear of things: channels, address, who stands in while I am away, the calendar link."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from namro.delivery.actions import choose, make_calendar_link, revoke_calendar_link
from namro.delivery.queries import calendar_link_of, choices_of, endpoints, policy, roles_on
from namro.delivery.terms import Channel
from namro.ground import clock
from namro.organisation.actions import deputise, end_deputising, set_email
from namro.organisation.models import Deputising, Person
from namro.organisation.queries import deputisings_of, people_of, posts_to_deputise
from namro.organisation.terms import Refused
from namro.outside import mail
from namro.pages.links import address
from namro.pages.notices.forms import ChannelsForm, DeputyForm, EmailForm, put_refusal
from namro.pages.viewing import needs, viewer_of


def _me(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _act(request: HttpRequest) -> dict[str, Any]:
    return {"by": _me(request), "viewer": viewer_of(request)}


@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def notice_settings(request: HttpRequest) -> HttpResponse:
    """Show the settings; take the choice of channels."""
    form = _channels(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            choose(form.wanted(), by=_me(request))
        except Refused as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Đã ghi cách bạn nhận tin."))
            return redirect("notice_settings")
    return _page(request, channels=form)


def _channels(request: HttpRequest, data: Any = None) -> ChannelsForm:
    me = _me(request).pk
    listening = endpoints().filter(person_id=me).exists()
    channels = [Channel.EMAIL, Channel.WEBHOOK] if listening else [Channel.EMAIL]
    return ChannelsForm(
        data, policy=policy(), roles=roles_on([me], clock.today()).get(me, set()),
        choices=choices_of([me]).get(me, {}), channels=channels,
    )  # fmt: skip


def _deputy(request: HttpRequest, data: Any = None) -> DeputyForm:
    today, me = clock.today(), _me(request).pk
    posts = posts_to_deputise(me, today)
    people = people_of(posts.values_list("unit_id", flat=True), today).exclude(pk=me)
    return DeputyForm(data, posts=posts, people=people)


def _page(request: HttpRequest, *, link: str = "", **forms: Any) -> HttpResponse:
    """The whole page, with the form that was refused in the place of its fresh one."""
    me, today = _me(request), clock.today()
    context = {
        "steps": [(_("Thông báo"), address("notices"))],
        "channels": forms.get("channels") or _channels(request),
        "email": forms.get("email") or EmailForm(initial={"email": me.email}),
        "deputy": forms.get("deputy") or _deputy(request),
        "deputisings": [(row, _ask_end(row)) for row in deputisings_of(me.pk, today)],
        "calendar": calendar_link_of(me.pk),
        "ask_revoke": _ask_revoke(),
        "link": link,
        "has_mail_server": mail.is_configured(),
        "policy": policy(),
    }
    refused = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "notices/settings.html", context, status=422 if refused else 200)


def _ask_end(row: Deputising) -> dict[str, Any]:
    return {
        "label": _("Kết thúc"),
        "question": _("Kết thúc việc thay từ hôm nay?"),
        "url": address("deputise_end", str(row.pk)),
        "verb": _("Kết thúc việc thay"),
        "danger": True,
    }


def _ask_revoke() -> dict[str, Any]:
    return {
        "label": _("Thu hồi liên kết"),
        "question": _("Thu hồi liên kết? Lịch đã đăng ký bằng liên kết này sẽ thôi cập nhật."),
        "url": address("calendar_link"),
        "verb": _("Thu hồi"),
        "name": "viec",
        "value": "thu-hoi",
        "danger": True,
    }


@require_POST
@needs()
def notice_email(request: HttpRequest) -> HttpResponse:
    """Set where the person gets mail."""
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _page(request, email=form)
    set_email(person=_me(request), email=form.cleaned_data["email"], **_act(request))
    messages.success(request, _("Đã ghi địa chỉ thư."))
    return redirect("notice_settings")


@require_POST
@needs()
def deputise_new(request: HttpRequest) -> HttpResponse:
    """Let a colleague stand in for a post."""
    form = _deputy(request, request.POST)
    if form.is_valid():
        try:
            found = deputise(**form.asked(), **_act(request))
        except Refused as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("%s thay bạn trong thời gian đã khai.") % found.deputy)
            return redirect("notice_settings")
    return _page(request, deputy=form)


@require_POST
@needs()
def deputise_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a deputising in which the person is away or stands in."""
    mine = deputisings_of(_me(request).pk, clock.today())
    end_deputising(deputising=get_object_or_404(mine, pk=pk), **_act(request))
    messages.success(request, _("Đã kết thúc việc thay."))
    return redirect("notice_settings")


@require_POST
@never_cache
@needs()
def calendar_link(request: HttpRequest) -> HttpResponse:
    """Make a calendar link, shown this once, or revoke it."""
    if request.POST.get("viec") == "thu-hoi":
        if revoke_calendar_link(by=_me(request)):
            messages.success(request, _("Đã thu hồi liên kết lịch."))
        return redirect("notice_settings")
    token = make_calendar_link(by=_me(request))
    return _page(request, link=request.build_absolute_uri(address("calendar_feed", token)))
