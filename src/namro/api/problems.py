"""Refusals as RFC 9457 problem documents: what is wrong, in Vietnamese, and how to mend it."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from namro.ground.days import DayRefused
from namro.organisation.terms import Refused

MEDIA = "application/problem+json"
TITLES = {
    400: "Địa chỉ không đọc được", 401: "Chưa có khóa", 403: "Khóa không có phạm vi này", 404: "Không có",
    405: "Không có cách gọi này", 422: "Yêu cầu không hợp lệ", 429: "Gọi quá nhiều",
}  # fmt: skip
NO_KEY = "Thiếu khóa API, hoặc khóa đã hết hạn, đã thu hồi; hãy gửi đầu đề Authorization: Bearer và khóa."
UNREADABLE = "Địa chỉ có ký tự không thể có (byte 0) hoặc tên máy lạ; hãy xem mô tả API."
NOTHING = "Không có mục này, hoặc khóa không đọc được nó."


class Problem(Schema):
    """A refusal."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = []


# What every call of the API may answer besides what was asked for.
REFUSALS = dict.fromkeys((400, 401, 403, 404, 422, 429), Problem)


class OutOfScope(Exception):
    """The key opens, but not this."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class TooMany(Exception):
    """The key was used more often in a minute than it may be."""


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """Return a refusal as its media type wants it."""
    said = Problem(title=TITLES[status], status=status, detail=detail, errors=errors or [])
    body = json.dumps(said.dict(), ensure_ascii=False)
    answer = HttpResponse(body, status=status, content_type=MEDIA)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    if status == 429:
        answer["Retry-After"] = "60"
    return answer


def put_handlers(api: NinjaAPI) -> None:
    """Let every refusal of the API be a problem document."""
    told: dict[type[Exception], Any] = {
        AuthenticationError: lambda _request, _fault: problem(401, NO_KEY),
        OutOfScope: lambda _request, fault: problem(403, f"Khóa này không có phạm vi {fault.scope}."),
        Http404: lambda _request, _fault: problem(404, NOTHING),
        TooMany: lambda _request, _fault: problem(
            429, "Khóa này gọi quá nhiều trong một phút; hãy chờ một phút."
        ),
        Refused: lambda _request, fault: problem(422, fault.sentence),
        DayRefused: lambda _request, fault: problem(422, str(fault)),
        ValidationError: _invalid,
        HttpError: lambda _request, fault: problem(422, "Không đọc được yêu cầu; hãy xem mô tả API."),
    }
    for kind, handler in told.items():
        api.add_exception_handler(kind, handler)


def _invalid(_request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Name each parameter that cannot be."""
    errors = [{"where": str(each["loc"][-1]), "what": str(each["type"])} for each in fault.errors]
    names = ", ".join(sorted({each["where"] for each in errors}))
    return problem(422, f"Tham số không hợp lệ: {names}; hãy xem mô tả API.", errors)
