"""Units that a key reaches."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from namro.access.terms import Scope
from namro.api.asking import Code, NumberCursor, Paged, Size, page, unit_asked
from namro.api.keys import Bearer, viewer_of
from namro.api.problems import REFUSALS
from namro.ground import clock
from namro.organisation.models import Unit

router = Router(tags=["units"])


class UnitOut(Schema):
    """A unit of the tree in force today."""

    code: str
    name: str
    name_en: str
    kind: str
    parent: str | None

    @staticmethod
    def resolve_parent(unit: Unit) -> str | None:
        """The code of the unit above."""
        return unit.parent.code if unit.parent else None


class Units(Paged):
    """A page of units."""

    rows: list[UnitOut]


@router.get(
    "/units", auth=Bearer(Scope.UNITS_READ), response={200: Units, **REFUSALS}, url_name="api_units",
    summary="Các đơn vị trong phạm vi của khóa",
)  # fmt: skip
def units(
    request: HttpRequest, below: Code = "", cursor: NumberCursor = "", size: Size = 100
) -> dict[str, Any]:
    """Return the units in force within reach, `below` one of them, by a steady order."""
    viewer, day = viewer_of(request), clock.today()
    rows = Unit.objects.valid_on(day).select_related("parent").order_by("pk")
    top = unit_asked(viewer, below)
    if top is not None:
        rows = rows.below(top)
    if viewer.unit_ids is not None:
        rows = rows.filter(pk__in=viewer.unit_ids)
    found = list(rows.filter(pk__gt=int(cursor or 0))[: size + 1])
    return page(found[:size], str(found[size - 1].pk) if len(found) > size else "", day)
