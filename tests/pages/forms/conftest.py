"""Two forms asked of communes: pages of records with checks, and a list of criteria with lights."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.builders import World
from tests.indicators.material import ABOUT

from namro.indicators.actions import load_definitions
from namro.indicators.catalog.definitions import definition_of
from namro.sources.models import Form

HEAD = {
    "version": 1, "owner": "TU.VP", "why": "Để biết tiến độ.", "next_review": "2026-06-30", "period": "month",
    "first_period": "2025-05", "due": {"working_days": 5}, "filled_by": {"kinds": ["ward", "commune", "special_zone"]},
}  # fmt: skip
PAGES: dict[str, Any] = HEAD | {
    "code": "trang", "title": "Số trang tài liệu",
    "fields": [
        {"code": "tong", "label": "Tổng số trang", "type": "int", "unit_of_measure": "trang"},
        {"code": "da", "label": "Đã số hóa", "type": "int", "unit_of_measure": "trang"},
        {"code": "chua", "label": "Chưa số hóa", "type": "int", "unit_of_measure": "trang"},
        {"code": "vuong_mac", "label": "Vướng mắc", "type": "text", "required": False},
    ],
    "checks": [{"code": "cong", "check": "parts_add_up", "total": "tong", "parts": ["da", "chua"]}],
}  # fmt: skip
CODES = ["tc1", "tc2", "tc3", "tc4"]
CRITERIA: dict[str, Any] = HEAD | {
    "code": "tieu_chi", "title": "Kiểm tra theo tiêu chí", "placeholder": "Danh mục mẫu, chờ thành phố thay.",
    "fields": [{"code": code, "label": f"Tiêu chí {code[-1]}", "type": "bool"} for code in CODES],
    "counts": [
        {"code": "so_dat", "label": "Số tiêu chí đạt", "count": "yes", "of": CODES},
        {"code": "so_tra_loi", "label": "Số tiêu chí đã trả lời", "count": "answered", "of": CODES},
    ],
}  # fmt: skip
JUDGE = ABOUT | {
    "code": "tieu_chi_dat", "name": "Tỷ lệ tiêu chí đạt", "kind": "ratio", "numerator": "bieu.tieu_chi.so_dat",
    "denominator": "bieu.tieu_chi.so_tra_loi", "adds_up": "ratio_of_sums", "periods": ["month"],
    "lights": {"green": 100, "amber": 75},
}  # fmt: skip

JUNE = "/bieu-bao-cao/trang/2025-06/20194/"
GOOD = {"tong": "1.000", "da": "600", "chua": "400"}
BAD = {"tong": "1.000", "da": "600", "chua": "300"}


def declare(body: dict[str, Any]) -> None:
    """Store a form."""
    Form.objects.create(
        code=body["code"], version=1, body=body, owner="TU.VP", next_review="2026-06-30", package="mau"
    )


@pytest.fixture
def asked(world: World) -> World:
    """The small world with both forms; nothing was sent."""
    declare(PAGES)
    declare(CRITERIA)
    load_definitions([(definition_of(JUDGE), JUDGE)], package="mau")
    return world


def typed(values: dict[str, str], *, version: int = 0, **more: str) -> dict[str, str]:
    """Return what a browser posts."""
    envelope = {"as_of": "2025-06-30", "ground": "", "client_id": str(uuid4()), "version": str(version)}
    return envelope | more | {f"o-{code}": text for code, text in values.items()}


def send(client: Client, values: dict[str, str], *, url: str = JUNE, version: int = 0, **more: str) -> Any:
    """Post a return and answer with what came back."""
    return client.post(url, typed(values, version=version, **more))
