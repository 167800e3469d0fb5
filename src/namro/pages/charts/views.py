"""The boundaries for the live map: public facts, the same for all, kept by the browser for a day."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from namro.ground import clock
from namro.organisation.models import Unit
from namro.pages.charts.boundaries import live_boundaries
from namro.pages.viewing import needs

A_DAY = 24 * 60 * 60


@require_GET
@needs()
@gzip_page
@cache_control(private=True, max_age=A_DAY)
def boundaries(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the communes of a province or city as GeoJSON; 404 for a unit that is not in force."""
    city = get_object_or_404(Unit.objects.valid_on(clock.today()), code=code)
    return JsonResponse(live_boundaries(city))
