"""The pages of the centre: a board as a whole, one service group, the wall, one chart and its download."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.audit.actions import record
from namro.ground.days import format_day
from namro.indicators.catalog.charts import ChartDef
from namro.indicators.models import ServiceGroup
from namro.indicators.queries.charts import find_chart
from namro.organisation.terms import Capability
from namro.pages.asof import as_of
from namro.pages.centre import hung, one, table
from namro.pages.centre.cards import map_shapes
from namro.pages.centre.overview import group_board, overview
from namro.pages.centre.place import Place, place_of
from namro.pages.links import address
from namro.pages.naming import named
from namro.pages.sheet import download
from namro.pages.viewing import needs, viewer_of


def _place(request: HttpRequest) -> Place:
    return place_of(viewer_of(request), as_of(request), request.GET.get("don_vi", "").strip())


@require_safe
@needs()
def centre(request: HttpRequest) -> HttpResponse:
    """Show the city in one page: the finding, the worst charts, the lights of every service group."""
    return _whole(request, "")


@require_safe
@needs()
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show the same of one unit; 404 for one that is not of the viewer's city."""
    return _whole(request, code)


def _whole(request: HttpRequest, code: str) -> HttpResponse:
    """Show a board as a whole; another unit that was chosen on it has a page of its own."""
    place, chosen = place_of(viewer_of(request), as_of(request), code), request.GET.get("don_vi", "").strip()
    if chosen and chosen != place.unit.code:
        return redirect(place_of(place.viewer, place.as_of, chosen).home)
    found = overview(place)
    home = place.below.get(place.viewer.home_unit_id)
    context = {
        "place": place,
        "as_of": place.as_of,
        "units": [place.city, *place.communes, *place.agencies],
        "mine": home if home and home.pk != place.unit.pk else None,
        "mine_href": address("centre_unit", home.code, **place.as_of.query) if home else "",
        "wall_href": _wall(place),
        "beside_href": _beside(place),
        "shapes": map_shapes(found["cards"]),
        "crumbs": []
        if place.is_city
        else [(_("Trung tâm điều hành"), address("centre", **place.as_of.query))],
    }
    return render(request, "centre/centre.html", context | found)


def _wall(place: Place) -> str:
    own = {} if place.is_city else {"don_vi": place.unit.code}
    return address("centre_wall", **own, **place.as_of.query)


def _beside(place: Place) -> str:
    """Return the page that sets the unit beside its peers; the city's, that compares chosen units."""
    if place.is_city:
        return address("compare", **place.as_of.query)
    return address("peers", place.unit.code, **place.as_of.query)


@require_safe
@needs()
def group(request: HttpRequest, code: str) -> HttpResponse:
    """Show the charts of one service group for the city or the unit named; 404 for a group that is none."""
    place, row = _place(request), ServiceGroup.objects.filter(code=code, is_active=True).first()
    if row is None:
        raise Http404(code)
    sentence, cards = group_board(place, row)
    context = {
        "place": place,
        "as_of": place.as_of,
        "group": row,
        "name": named(row),
        "sentence": sentence,
        "cards": cards,
        "units": [place.city, *place.communes, *place.agencies],
        "crumbs": [(_("Trung tâm điều hành"), place.home)],
        "shapes": map_shapes(cards),
    }
    return render(request, "centre/group.html", context)


@require_safe
@needs()
def wall(request: HttpRequest) -> StreamingHttpResponse:
    """Show every chart of a board on the wall, sent group by group as they are drawn."""
    return hung.streamed(request, _place(request))


@require_safe
@needs()
def chart(request: HttpRequest, code: str) -> HttpResponse:
    """Show one chart of a unit: large, with table, units and periods to compare, definition and downloads."""
    found, place = _chart(code), _place(request)
    context = one.context(place, found, request.GET.get("so_voi", "").strip())
    context["exports"] = _exports(place, found)
    return render(request, "centre/chart.html", context)


def _exports(place: Place, found: ChartDef) -> list[tuple[str, str]]:
    """Return the downloads of what is shown, for those who may export."""
    if not place.viewer.can(Capability.EXPORT):
        return []
    kinds = {"xlsx": _("Xuất Excel"), "csv": _("Xuất CSV")}
    return [
        (words, place.href("centre_chart_export", found.code, dang=kind)) for kind, words in kinds.items()
    ]


@require_safe
@needs(Capability.EXPORT)
@transaction.atomic
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the figures of a chart as a file, leaving a line in the log of who took what."""
    found, place = _chart(code), _place(request)
    view = one.view(place, found)
    rows = list(table.sheet_rows(view)) if view else []
    head = [[named(found)], [_("Xem như ngày %s") % format_day(place.as_of.day)], []]
    kind = request.GET.get("dang", "xlsx")
    taken = {"table": code, "rows": len(rows), "kind": kind, "day": place.as_of.day}
    record(by=request.user, verb="export", obj=place.unit, after=taken, unit=place.unit.code)
    name = f"bieu-do-{code}-{place.as_of.day.isoformat()}"
    return download([*head, table.sheet_heads(), *rows], name=name, kind=kind)


def _chart(code: str) -> ChartDef:
    found = find_chart(code)
    if found is None:
        raise Http404(code)
    return found
