"""The list of units, and everything about one unit."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from namro.organisation.models import Unit
from namro.pages.asof import as_of
from namro.pages.units import listing, panels
from namro.pages.units.lines import came_from, unit_of, went_to
from namro.pages.units.locator import locator
from namro.pages.viewing import needs, viewer_of


@require_safe
@needs()
def units(request: HttpRequest) -> HttpResponse:
    """Show the tree by kind, or what a name or code leads to."""
    day, words = as_of(request), request.GET.get("q", "").strip()
    city = Unit.objects.get(pk=viewer_of(request).city_id)
    context: dict[str, Any] = {"as_of": day, "q": words}
    if words:
        return render(request, "units/units.html", context | {"found": listing.found(words, day)})
    groups = listing.tree(city, day)
    context |= {"groups": groups, "sentence": listing.sentence(groups, city.name)}
    return render(request, "units/units.html", context)


@require_safe
@needs()
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything about one unit; 404 for a code that is none."""
    viewer, day = viewer_of(request), as_of(request)
    found = unit_of(code, day, request.GET.get("den", ""))
    if found is None:
        raise Http404(code)
    context = panels.of_unit(viewer, found, day) | {
        "as_of": day,
        "unit": found,
        "profile": getattr(found, "profile", None),
        "crumbs": panels.crumbs(found, day),
        "tallies": panels.tallies(viewer, found, day),
        "figures": panels.figures(viewer, found, day),
        "came_from": came_from(found),
        "went_to": went_to(found) if found.valid_to else [],
        "children": list(Unit.objects.valid_on(day.day).filter(parent=found)[:200]),
        "locator": locator(found),
    }
    return render(request, "units/unit.html", context)
