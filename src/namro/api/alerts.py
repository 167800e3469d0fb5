"""Open alerts that a key reaches."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from namro.access.terms import Scope
from namro.alerts.models import Alert
from namro.alerts.queries.finding import AlertFilter, Shown, page_of
from namro.api.asking import Code, Paged, Size, UnitName, page, unit_asked
from namro.api.keys import Bearer, viewer_of
from namro.api.problems import REFUSALS
from namro.ground import clock

router = Router(tags=["alerts"])
Cursor = Annotated[str, Query(pattern=r"^(\d_\d{1,18})?$", description="Giá trị next của trang trước.")]


class AlertOut(Schema):
    """An alert that is open; `object_key` names what it is about ('task:…', 'figure:…/…', 'return:…/…')."""

    number: int
    rule: str
    kind: str
    level: int
    since: date
    unit: UnitName
    object_key: str
    object_label: str

    @staticmethod
    def resolve_number(alert: Alert) -> int:
        """Its number on the pages."""
        return int(alert.pk)

    @staticmethod
    def resolve_rule(alert: Alert) -> str:
        """The code of its rule."""
        return alert.rule.code

    @staticmethod
    def resolve_kind(alert: Alert) -> str:
        """The kind of its rule."""
        return alert.rule.kind


class Alerts(Paged):
    """A page of alerts, the gravest first."""

    rows: list[AlertOut]


@router.get(
    "/alerts", auth=Bearer(Scope.ALERTS_READ), response={200: Alerts, **REFUSALS}, url_name="api_alerts",
    summary="Cảnh báo đang mở trong phạm vi của khóa",
)  # fmt: skip
def alerts(
    request: HttpRequest, unit: Code = "", rule: Code = "", level: Annotated[int, Query(ge=0, le=3)] | None = None,
    cursor: Cursor = "", size: Size = 50,
) -> dict[str, Any]:  # fmt: skip
    """Return all open alerts of units within reach, whether taken on, kept quiet or calling."""
    viewer = viewer_of(request)
    above = unit_asked(viewer, unit)
    asked = AlertFilter(shown=Shown.ALL_OPEN, level=level, rule=rule, unit_id=above.pk if above else None)
    found = page_of(viewer, asked, after=cursor, size=size)
    return page(found.alerts, found.after, clock.today())
