"""Pages for what cannot be shown: wrong address, not allowed, broken form, our own fault."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: no such page, or none for this person; both look the same."""
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: a deed this person may not do on a page they may see."""
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: the browser sent what no form of ours sends."""
    return render(request, "errors/400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose page was too old: what was typed is kept by form.js, sending again helps."""
    return render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the request, the session or the database for anything."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)
