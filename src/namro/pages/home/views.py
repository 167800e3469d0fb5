"""The first page: the finding in a sentence, the tallies, the map, what needs a decision, the league."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from namro.pages.alerts.tile import tile
from namro.pages.asof import as_of
from namro.pages.home import panels
from namro.pages.home.board import board
from namro.pages.home.deciding import things_to_decide
from namro.pages.home.map import map_panel
from namro.pages.home.scope import Scope, scope_of
from namro.pages.viewing import needs, viewer_of


@require_safe
@needs()
def home(request: HttpRequest) -> HttpResponse:
    """Show the state of the resolution: the city's, or that of the viewer's own unit."""
    scope = scope_of(viewer_of(request), as_of(request))
    return render(request, "home/home.html", _context(scope, request.GET.get("ban_do", "")))


def _context(scope: Scope, measure: str) -> dict[str, Any]:
    return panels.as_context(scope) | {
        "as_of": scope.as_of,
        "scope": scope,
        "is_empty": not scope.counts and not scope.wider_counts,
        "todo": things_to_decide(scope.viewer, scope.as_of, scope.unit.pk),
        "map": map_panel(scope, measure),
        "board": board(scope),
        "alerts": None if scope.as_of.is_past else tile(scope.viewer, scope.unit),
    }
