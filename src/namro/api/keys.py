"""Who calls: the bearer of an API key, with the viewer that the key reads as. Counted and put down."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from ninja.security import HttpBearer

from namro.access.actions.keys import note_use
from namro.access.actions.throttling import count_one
from namro.access.models import ApiKey
from namro.access.queries import key_of, viewer_of_key
from namro.access.terms import Scope
from namro.api.problems import OutOfScope, TooMany
from namro.organisation.terms import Viewer

MOST_A_MINUTE = 600


@dataclass(frozen=True)
class Caller:
    """The key that was shown."""

    key: ApiKey

    @cached_property
    def viewer(self) -> Viewer:
        """Whom the reads serve."""
        return viewer_of_key(self.key)


class Bearer(HttpBearer):
    """A key in the Authorization header that has the scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Return the caller; None for no such key; refuses what the key is not for, and too many calls."""
        key = key_of(token)
        if key is None:
            return None
        if count_one("api", key.pk, 60) > MOST_A_MINUTE:
            raise TooMany
        if self.scope not in key.scopes:
            raise OutOfScope(self.scope)
        note_use(key)
        return Caller(key)


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer whom a call serves."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller.viewer
