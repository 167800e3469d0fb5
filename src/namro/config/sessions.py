"""Sessions that end: after eight idle hours, or when the browser closes."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from namro.access.actions.visits import touch_visit

SEEN = "seen"
SECONDS_BETWEEN_WRITES = 600


class IdleSessionMiddleware:
    """Push a signed-in person's session end away while they work, at one write in ten minutes, not one a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The real clock, also on a fixed demo day: idleness is about the chair, not about the story.
        now = int(time.time())
        if "_auth_user_id" in request.session and now - request.session.get(SEEN, 0) > SECONDS_BETWEEN_WRITES:
            request.session[SEEN] = now
            touch_visit(request.session.session_key)
        return self.get_response(request)
