"""A form on which communes tell of pages, and returns on it."""

from datetime import date
from uuid import uuid4

from tests.builders import World

from namro.ground.period import Period
from namro.organisation.queries import viewer
from namro.organisation.terms import Role
from namro.sources.actions import submit
from namro.sources.models import Form, Submission

JUNE = Period.parse("2025-06")
BODY = {
    "code": "trang",
    "title": "Số trang",
    "version": 1,
    "owner": "TU.VP",
    "why": "Để biết.",
    "next_review": "2026-06-30",
    "period": "month",
    "first_period": "2025-05",
    "due": {"working_days": 5},
    "filled_by": {"kinds": ["ward", "commune", "special_zone"]},
    "within": "48",
    "fields": [
        {"code": "tong", "label": "Tổng", "type": "int"},
        {"code": "da", "label": "Đã", "type": "int"},
        {"code": "chua", "label": "Chưa", "type": "int"},
        {"code": "ghi_chu", "label": "Ghi chú", "type": "text", "required": False},
    ],
    "checks": [
        {"code": "cong", "check": "parts_add_up", "total": "tong", "parts": ["da", "chua"]},
        {"code": "nhay", "check": "jump", "field": "tong", "factor": 2},
    ],
}
GOOD = {"tong": "1.000", "da": "600", "chua": "400"}
BAD = {"tong": "1.000", "da": "600", "chua": "300"}


def declare(body: dict) -> None:
    """Store a form."""
    Form.objects.create(
        code=body["code"],
        version=1,
        body=body,
        owner=body["owner"],
        next_review=date(2026, 6, 30),
        package="test",
    )


def send(
    place: World, values: dict, *, version: int = 0, by: Role | None = None, **more: object
) -> Submission:
    """Send the pages of the first commune."""
    person = place.people[by] if by else None
    told = {
        "form": "trang",
        "unit": place.communes[0],
        "period": JUNE,
        "values": values,
        "as_of": date(2025, 6, 30),
        "client_id": uuid4(),
        "expected_version": version,
        "by": person,
        "viewer": viewer(person) if person else None,
    }
    return submit(**told | more)
