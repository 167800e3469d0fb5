"""Indicators and their figures, each with its source, its version and the day as of which it is known."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema

from namro.access.terms import Scope
from namro.api.asking import NumberCursor, Paged, Size, UnitName, day_asked, page
from namro.api.keys import Bearer, viewer_of
from namro.api.problems import REFUSALS
from namro.ground import clock
from namro.ground.period import Period
from namro.indicators.queries import definitions, find_definition, latest_by_unit
from namro.indicators.terms import FigureRow, IndicatorDef
from namro.organisation.terms import Refused

router = Router(tags=["figures"])
Short = Annotated[str, Query(max_length=60)]


class IndicatorOut(Schema):
    """An indicator in use."""

    code: str
    name: str
    name_en: str
    unit_of_measure: str
    direction: str
    owner: str
    why: str
    version: int


class Indicators(Paged):
    """All indicators in use: they fit one page."""

    rows: list[IndicatorOut]


class FigureOut(Schema):
    """A figure; `value` is rounded as the definition says, numerator and denominator are exact."""

    unit: UnitName
    period: str
    breakdown: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    as_of: date
    source: str
    source_state: str
    version: int
    synthetic: bool


class Figures(Paged):
    """A page of figures of one indicator."""

    indicator: str
    rows: list[FigureOut]


@router.get(
    "/indicators", auth=Bearer(Scope.FIGURES_READ), response={200: Indicators, **REFUSALS}, url_name="api_indicators",
    summary="Các chỉ số đang dùng",
)  # fmt: skip
def indicators(request: HttpRequest) -> dict[str, Any]:
    """Return the indicators in use, by group and code."""
    return page(definitions(), "", clock.today())


@router.get(
    "/indicators/{code}/figures", auth=Bearer(Scope.FIGURES_READ), response={200: Figures, **REFUSALS},
    url_name="api_figures", summary="Số liệu của một chỉ số theo đơn vị",
)  # fmt: skip
def figures(
    request: HttpRequest, code: Path[str], period: Short = "", breakdown: Short = "", as_of: date | None = None,
    cursor: NumberCursor = "", size: Size = 200,
) -> dict[str, Any]:  # fmt: skip
    """Return the figures of the last period known on a day, or of the one given; a unit without one has no row."""
    definition = find_definition(code) if "\x00" not in code else None
    if definition is None:
        raise Http404
    day, kept = day_asked(as_of), breakdown.replace("\x00", "")
    rows = latest_by_unit(viewer_of(request), definition.code, day, kept, period=_period(period))
    found = [row for row in rows if row.unit_id > int(cursor or 0)]
    after = str(found[size - 1].unit_id) if len(found) > size else ""
    return page([_shown(row, definition) for row in found[:size]], after, day) | {
        "indicator": definition.code
    }


def _period(key: str) -> Period | None:
    try:
        return Period.parse(key) if key else None
    except ValueError as fault:
        raise Refused(str(fault)) from None


def _shown(row: FigureRow, definition: IndicatorDef) -> dict[str, Any]:
    names = (
        "period",
        "breakdown",
        "numerator",
        "denominator",
        "as_of",
        "source",
        "source_state",
        "version",
        "synthetic",
    )
    unit = {"code": row.unit_code, "name": row.unit_name}
    return {name: getattr(row, name) for name in names} | {"unit": unit, "value": row.rounded(definition)}
