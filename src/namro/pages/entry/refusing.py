"""What the door says to whoever is not let in: too often wrong, or too many at once."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from namro.ground.numbers import format_number
from namro.pages.entry.choices import choices
from namro.pages.entry.forms import SignInForm


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer 429 after too many wrong passwords, in a sentence that says when the door opens again."""
    minutes = format_number(round(settings.AXES_COOLOFF_TIME * 60))
    return too_many(request, _("Đã nhập sai mật khẩu %(times)s lần; hãy chờ %(minutes)s phút rồi thử lại.") % {
        "times": format_number(settings.AXES_FAILURE_LIMIT), "minutes": minutes
    })  # fmt: skip


def too_many(request: HttpRequest, refusal: str) -> HttpResponse:
    """Show the door with why it stays shut for now."""
    context = {"form": SignInForm(request), "refusal": refusal} | choices()
    return render(request, "entry/sign_in.html", context, status=429)
