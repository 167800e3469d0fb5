"""What every request must meet before a page sees it, and what every answer carries."""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

from namro.api.problems import UNREADABLE, problem
from namro.api.urls import ROOT
from namro.pages.look import refusals

Next = Callable[[HttpRequest], HttpResponse]
KEEP_NOTHING = "private, no-store"


class NoZeroByteMiddleware:
    """Refuse (400) an address with a zero byte: no form of ours sends one, and no database takes it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path:
            raise SuspiciousOperation("zero byte in the address")
        return self.get_response(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 in the manner of the part that was asked: a problem document to machines, a page to people."""
    if request.path.startswith(ROOT):
        return problem(400, UNREADABLE)
    return refusals.bad_request(request, exception)


class KeepNothingMiddleware:
    """Forbid the browser to keep a signed-in person's page, on a desk that others use too; its own rule goes first."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer."""
        # Asked before the page: it may be the one that signs the person out.
        signed_in = "_auth_user_id" in request.session
        response = self.get_response(request)
        if (signed_in or "_auth_user_id" in request.session) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = KEEP_NOTHING
        return response
