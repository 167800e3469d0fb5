"""The pages that set units beside each other: composite indices, peers, chosen units in chosen periods."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.pages.asof import as_of
from namro.pages.centre import comparing, composites, peers, score
from namro.pages.centre.place import Place, place_of
from namro.pages.links import address
from namro.pages.naming import named
from namro.pages.viewing import needs, viewer_of


def _place(request: HttpRequest, code: str = "") -> Place:
    return place_of(viewer_of(request), as_of(request), code)


@require_safe
@needs()
def indices(request: HttpRequest) -> HttpResponse:
    """Show every composite index: the mean of the city, and who is first and last."""
    place = _place(request)
    context = {
        "place": place,
        "as_of": place.as_of,
        "leagues": composites.leagues(place),
        "crumbs": [(_("Trung tâm điều hành"), place.home)],
    }
    return render(request, "centre/indices.html", context)


@require_safe
@needs()
def index(request: HttpRequest, code: str) -> HttpResponse:
    """Show the league of one index; a unit that was chosen on it has a page of its own."""
    place, definition = _place(request), composites.index_of(code)
    if chosen := request.GET.get("don_vi", "").strip():
        return redirect(address("index_unit", code, chosen, **place.as_of.query))
    context = {
        "place": place,
        "as_of": place.as_of,
        "definition": definition,
        "title": named(definition),
        "league": composites.league_alone(place, definition),
        "facts": composites.facts(place, definition),
        "units": place.communes,
        "crumbs": [
            (_("Trung tâm điều hành"), place.home),
            (_("Chỉ số tổng hợp"), address("indices", **place.as_of.query)),
        ],
    }
    return render(request, "centre/index.html", context)


@require_safe
@needs()
def index_unit(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """Show how the score of a commune came about; 404 for a unit that is not scored: the city, an agency."""
    place, definition = _place(request, unit), composites.index_of(code)
    if place.unit not in place.communes:
        raise Http404(unit)
    if (chosen := request.GET.get("don_vi", "").strip()) and chosen != unit:
        return redirect(address("index_unit", code, chosen, **place.as_of.query))
    return render(request, "centre/score.html", score.context(place, definition))


@require_safe
@needs()
def unit_peers(request: HttpRequest, unit: str) -> HttpResponse:
    """Show a commune or an agency beside its peers; 404 for the city, which has none here."""
    place = _place(request, unit)
    if not peers.is_peered(place):
        raise Http404(unit)
    if (chosen := request.GET.get("don_vi", "").strip()) and chosen != unit:
        return redirect(address("peers", chosen, **place.as_of.query))
    return render(request, "centre/peers.html", peers.context(place))


@require_safe
@needs()
def compare(request: HttpRequest) -> HttpResponse:
    """Show chosen units in a chosen period against another period and their peers."""
    place = _place(request)
    return render(request, "centre/compare.html", comparing.context(request, place))
