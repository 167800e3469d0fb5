"""Who is looking: the viewer on each request, and the guard of each view. What may not be seen does not exist (404)."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from namro.organisation.queries import viewer
from namro.organisation.terms import Capability, Viewer

View = Callable[..., HttpResponse]


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


def needs(*capabilities: Capability) -> Callable[[View], View]:
    """Guard a view: the viewer must hold a post and one of the capabilities (none named: any post); otherwise 404."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            found = viewer_of(request)
            if capabilities and not any(found.can(capability) for capability in capabilities):
                raise Http404("not for this role")
            return view(request, *args, **kwargs)

        guarded.needs = capabilities  # type: ignore[attr-defined]
        return guarded

    return guard
