"""The API: its routers, its description, its addresses."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from namro.api import alerts, batches, dossiers, figures, tasks, units
from namro.api.problems import NOTHING, problem, put_handlers

ROOT = "/api/v1/"
api = NinjaAPI(
    title="Năm Rõ", version="1", openapi_url=None, docs_url=None,
    description=(
        "Đọc đơn vị, nhiệm vụ, số liệu, cảnh báo, gửi lô số liệu và đồng bộ hồ sơ "
        "bằng khóa API do quản trị hệ thống cấp."
    ),
)  # fmt: skip
put_handlers(api)
for part in (units, tasks, figures, alerts, batches, dossiers):
    api.add_router("", part.router)


@login_not_required
@require_safe
def api_description(request: HttpRequest) -> HttpResponse:
    """Return the description (OpenAPI) from which programs are written."""
    return JsonResponse(_description(), json_dumps_params={"ensure_ascii": False})


@cache
def _description() -> dict[str, Any]:
    """As problem documents say of themselves: refusals are application/problem+json."""
    described: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=ROOT))
    for operations in described["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
                    answer["description"] = "problem"
    return described


@login_not_required
@csrf_exempt
def api_nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Say as a problem document that there is nothing at an address of the API."""
    return problem(404, NOTHING)


def _of_ninja() -> list[URLPattern]:
    """The addresses of the routers; who calls shows a key, not a session."""
    # An address that is read and written comes twice, once a method, with one view.
    found = {pattern.name: pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)}
    found.pop("api-root")
    for pattern in found.values():
        login_not_required(pattern.callback)
    return list(found.values())


urlpatterns = [
    path("openapi.json", api_description, name="api_description"),
    *_of_ninja(),
    path("<path:rest>", api_nothing, name="api_nothing"),
]
