"""The page that shows each component in each of its states, and the choice of light or dark."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from namro.pages.charts.boundaries import feature_collection
from namro.pages.look import drawings, sample

A_YEAR = 365 * 24 * 60 * 60
THEMES = ("light", "dark")


@login_not_required
@login_not_required
@require_GET
def look(request: HttpRequest) -> HttpResponse:
    """Show the design system with sample data, marked as such."""
    drawn = {"charts": drawings.charts(), "map": drawings.map_of_cells(reverse("look_map"))}
    return render(request, "look/look.html", sample.context() | drawn)


@login_not_required
@require_GET
def look_map(request: HttpRequest) -> JsonResponse:
    """Answer with the areas of the made-up city as GeoJSON, for the live map of the page."""
    return JsonResponse(feature_collection(drawings.cells()))


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep light or dark in a cookie ('auto' forgets it) and go back to where the person was."""
    answer = HttpResponseRedirect(_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        answer.set_cookie("theme", chosen, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    else:
        answer.delete_cookie("theme", samesite="Lax")
    return answer


def _back(request: HttpRequest) -> str:
    """Return the page named by the form if it is one of ours, else the first page."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else "/"
