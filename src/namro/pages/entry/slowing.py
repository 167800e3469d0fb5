"""Slowing down who guesses, without shutting out who belongs here.

Five wrong passwords of one name from one address shut that pair (django-axes). Beyond that: an address from which
hundreds fail is shut for a while; a name that is guessed at from many addresses is slowed to one try in some seconds.
A browser in which its owner has come in before bears a signed cookie and is not slowed: nobody can shut the owner out.
"""

import hashlib

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from namro.access.actions.throttling import count_one, counted, forget
from namro.pages.callers import address_of

STRETCH = 15 * 60
MOST_FROM_AN_ADDRESS = 300
SLOW_FROM, SLOW_SECONDS = 20, 5
KNOWN_SALT, KNOWN_SECONDS = "namro.known-browser", 180 * 24 * 60 * 60


def refusal(request: HttpRequest, name: str) -> str:
    """Return why a try is not taken now; '' when it is. Two or three small queries."""
    if counted("failed from", address_of(request), STRETCH) >= MOST_FROM_AN_ADDRESS:
        return _("Từ địa chỉ mạng này đã có quá nhiều lần đăng nhập sai; hãy chờ 15 phút rồi thử lại.")
    if is_known(request, name) or counted("failed as", name, STRETCH) < SLOW_FROM:
        return ""
    if count_one("slowed", name, SLOW_SECONDS) == 1:
        return ""
    return _("Tên đăng nhập này đang bị thử liên tục; hãy chờ vài giây rồi thử lại.")


def note_failure(request: HttpRequest, name: str) -> None:
    """Count a wrong password against the address and the name."""
    count_one("failed from", address_of(request), STRETCH)
    count_one("failed as", name, STRETCH)


def note_success(name: str) -> None:
    """Forget what was tried in vain with the name."""
    forget("failed as", name)


def is_known(request: HttpRequest, name: str) -> bool:
    """Whether the owner of the name has come in with this browser before."""
    try:
        said = signing.loads(request.COOKIES.get(_cookie(name), ""), salt=KNOWN_SALT, max_age=KNOWN_SECONDS)
    except signing.BadSignature:
        return False
    return bool(said == name)


def remember(response: HttpResponse, name: str) -> None:
    """Let the browser show next time that the owner of the name has come in with it."""
    response.set_cookie(
        _cookie(name), signing.dumps(name, salt=KNOWN_SALT), max_age=KNOWN_SECONDS, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax", path="/dang-nhap/",
    )  # fmt: skip


def _cookie(name: str) -> str:
    return f"known-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
