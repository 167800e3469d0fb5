"""People, their posts and accounts; how the place stands."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.access.queries import has_factor
from namro.audit.queries import entries_about
from namro.ground import clock
from namro.organisation.actions import add_person, end_post, give_post, set_active
from namro.organisation.models import Person, Post
from namro.organisation.terms import Capability, Refused
from namro.pages.administration import listing
from namro.pages.administration.forms import EndForm, PersonForm, PostForm, put_refusal
from namro.pages.audit.told import told
from namro.pages.entry.proving import grave
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of

ADMINISTER = Capability.ADMINISTER


def _act(request: HttpRequest) -> dict[str, Any]:
    """Who acts, as every action takes it."""
    return {"by": cast(Person, request.user), "viewer": viewer_of(request)}


@require_safe
@needs(ADMINISTER)
def administration(request: HttpRequest) -> HttpResponse:
    """Show the people, 50 a page, and how the place stands."""
    words = request.GET.get("q", "").strip()
    page = listing.people(words, request.GET.get("sau", ""))
    context = {
        "people": page.people,
        "q": words,
        "next_url": address("administration", q=words, sau=page.after) if page.after else "",
        "standing": listing.standing(clock.today()),
    }
    return render(request, "administration/administration.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADMINISTER)
@grave
def person_new(request: HttpRequest) -> HttpResponse:
    """Add someone who may sign in; then give them a post."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            person = add_person(**form.cleaned_data, **_act(request))
        except Refused as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(
                request, _("Đã thêm %s; hãy giao chức vụ để người này xem được dữ liệu.") % person
            )
            return redirect("person", person.pk)
    return render(
        request, "administration/person_new.html", {"form": form, "steps": _steps()}, status=_status(form)
    )


@require_safe
@needs(ADMINISTER)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person with posts and what was done to the account."""
    return _person_page(request, get_object_or_404(Person, pk=pk), PostForm())


def _person_page(request: HttpRequest, person: Person, form: PostForm, refusal: str = "") -> HttpResponse:
    posts = person.posts.select_related("unit").order_by("-valid_from", "-pk")
    context = {
        "crumbs": _steps(),
        "person": person,
        "posts": [(post, _ask_end(post)) for post in posts],
        "form": form,
        "refusal": refusal,
        "ask_active": _ask_active(person) if person.pk != request.user.pk else None,
        "ask_reset": _ask_reset(person),
        "ask_clear": _ask_clear(person) if has_factor(person) else None,
        "moments": told(entries_about("organisation.person", person.pk)[:20]),
    }
    return render(request, "administration/person.html", context, status=422 if refusal else _status(form))


def _steps() -> list[tuple[str, str]]:
    return [(_("Quản trị"), address("administration"))]


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def _ask_end(post: Post) -> dict[str, Any] | None:
    if post.valid_to is not None:
        return None
    return {
        "label": _("Thôi giữ"),
        "question": _("Thôi giữ chức vụ %s? Lịch sử vẫn được giữ.") % post.title,
        "url": address("post_end", str(post.pk)),
        "verb": _("Thôi giữ chức vụ"),
        "danger": True,
        "fields": EndForm(auto_id=f"end{post.pk}_%s"),
    }


def _ask_active(person: Person) -> dict[str, Any]:
    if person.is_active:
        words = (
            _("Khóa tài khoản"),
            _("Khóa tài khoản? Người này không đăng nhập được nữa; lịch sử vẫn còn."),
        )
    else:
        words = (_("Mở tài khoản"), _("Mở lại tài khoản này?"))
    return {
        "label": words[0], "question": words[1], "url": address("person_active", str(person.pk)), "verb": words[0],
        "name": "active", "value": "" if person.is_active else "1", "danger": person.is_active,
    }  # fmt: skip


def _ask_reset(person: Person) -> dict[str, Any]:
    return {
        "label": _("Cấp đường dẫn đặt lại mật khẩu"),
        "question": _("Cấp đường dẫn dùng một lần trong một giờ? Hãy trao tận tay và xác nhận đúng người."),
        "url": address("person_reset", str(person.pk)), "verb": _("Cấp đường dẫn"),
    }  # fmt: skip


def _ask_clear(person: Person) -> dict[str, Any]:
    return {
        "label": _("Gỡ xác thực hai lớp"),
        "question": _("Gỡ xác thực hai lớp? Chỉ làm khi người này mất thiết bị và bạn đã gặp tận mặt."),
        "url": address("person_factors_clear", str(person.pk)), "verb": _("Gỡ"), "danger": True,
    }  # fmt: skip


@require_POST
@needs(ADMINISTER)
@grave
def post_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a post; what is wrong stands beside its field."""
    person, form = get_object_or_404(Person, pk=pk), PostForm(request.POST)
    if form.is_valid():
        try:
            post = give_post(person=person, **form.cleaned_data, **_act(request))
        except Refused as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Đã giao chức vụ %s.") % post)
            return redirect("person", pk)
    return _person_page(request, person, form)


@require_POST
@needs(ADMINISTER)
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post from a day on."""
    post, form = (
        get_object_or_404(Post.objects.select_related("person", "unit"), pk=pk),
        EndForm(request.POST),
    )
    if not form.is_valid():
        return _person_page(request, post.person, PostForm(), " ".join(map(str, form.errors["day"])))
    try:
        end_post(post=post, day=form.cleaned_data["day"], **_act(request))
    except Refused as refusal:
        return _person_page(request, post.person, PostForm(), refusal.sentence)
    messages.success(request, _("Đã ghi thôi giữ chức vụ %s.") % post)
    return redirect("person", post.person_id)


@require_POST
@needs(ADMINISTER)
def person_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Open or shut an account."""
    person = get_object_or_404(Person, pk=pk)
    try:
        set_active(person=person, active=bool(request.POST.get("active")), **_act(request))
    except Refused as refusal:
        return _person_page(request, person, PostForm(), refusal.sentence)
    done = _("Đã mở tài khoản của %s.") if person.is_active else _("Đã khóa tài khoản của %s.")
    messages.success(request, done % person)
    return redirect("person", pk)
