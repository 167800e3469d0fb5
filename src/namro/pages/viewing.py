"""Who is looking: the viewer on each request, and the guard of each view. What may not be seen does not exist (404)."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from namro.organisation.queries import viewer
from namro.organisation.terms import Capability, Viewer

View = Callable[..., HttpResponseBase]
# In the session of someone whose role must use a second factor and who has none yet.
MUST_ENROL = "must_enrol"


class ViewerMiddleware:
    """Puts `request.viewer` on each request: the viewer of the signed-in person, read when first asked for, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        request.viewer = cache(lambda: _viewer(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _viewer(request: HttpRequest) -> Viewer | None:
    return viewer(request.user) if request.user.is_authenticated else None


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer of a request; 404 for a person who holds no post."""
    found = request.viewer()  # type: ignore[attr-defined]
    if found is None:
        raise Http404("no post")
    return found


def needs(*capabilities: Capability, enrolling: bool = False) -> Callable[[View], View]:
    """Guard a view: the viewer must hold a post and one of the capabilities (none named: any post); otherwise 404.

    Whose last post has ended is led out. Who must set up a second factor first is led there, but for the pages of
    that (`enrolling`).
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.viewer() is None:  # type: ignore[attr-defined]
                return _led_out(request)
            if not enrolling and request.session.get(MUST_ENROL):
                return redirect("second_factors")
            found = viewer_of(request)
            if capabilities and not any(found.can(capability) for capability in capabilities):
                raise Http404("not for this role")
            return view(request, *args, **kwargs)

        guarded.needs = capabilities  # type: ignore[attr-defined]
        return guarded

    return guard


def _led_out(request: HttpRequest) -> HttpResponse:
    """End the session of someone who holds no post any more: the account ends with the post."""
    logout(request)
    messages.error(
        request, _("Bạn không còn giữ chức vụ nào đang có hiệu lực nên phiên đăng nhập đã kết thúc.")
    )
    return redirect("sign_in")
