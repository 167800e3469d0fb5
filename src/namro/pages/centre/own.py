"""One's own board: chosen and ordered by each person, by dragging or by buttons; the whole order is sent each time."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namro.indicators.actions import arrange_board
from namro.indicators.catalog.charts import Level
from namro.indicators.queries.charts import annotations, charts, own_board, service_groups
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.pages.asof import as_of
from namro.pages.centre.cards import cards_of, map_shapes
from namro.pages.centre.place import place_of
from namro.pages.centre.view import declared, views_of
from namro.pages.naming import named
from namro.pages.viewing import needs, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def board(request: HttpRequest) -> HttpResponse:
    """Show a person's own board; a POST keeps it as it was arranged."""
    return _arrange(request) if request.method == "POST" else _show(request)


def _show(request: HttpRequest) -> HttpResponse:
    place = place_of(viewer_of(request), as_of(request), request.GET.get("don_vi", "").strip())
    mine = own_board(place.viewer.person_id)
    views = views_of(place, mine, declared())
    cards = cards_of(views, annotations())
    shown = {card.code for card in cards}
    context = {
        "place": place,
        "as_of": place.as_of,
        "cards": cards,
        "silent": [chart for chart in mine if chart.code not in shown],
        "choices": _choices({chart.code for chart in mine}, place.level),
        "shapes": map_shapes(cards),
        "crumbs": [(_("Trung tâm điều hành"), place.home)],
    }
    return render(request, "centre/own.html", context)


def _choices(taken: set[str], level: Level) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the charts that may still be added, by group; two queries."""
    by_group: dict[str, list[tuple[str, str]]] = {}
    for chart in charts(level=level):
        if chart.code not in taken:
            by_group.setdefault(chart.group, []).append((chart.code, named(chart)))
    return [(named(group), by_group[group.code]) for group in service_groups() if group.code in by_group]


def _arrange(request: HttpRequest) -> HttpResponse:
    """Keep the board as sent: the codes in order, with at most one change (added, dropped, moved)."""
    person = viewer_of(request).person_id
    codes = request.POST.getlist("chart")
    if "them" in request.POST and not codes:
        codes = [chart.code for chart in own_board(person)]
    try:
        arrange_board(changed(codes, request.POST), by=Person.objects.get(pk=person))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        if request.POST.get("them"):
            messages.success(request, _("Đã đặt biểu đồ lên bảng của bạn."))
    return redirect("centre_own")


def changed(codes: list[str], asked: Mapping[str, str]) -> list[str]:
    """Return the order with what was asked done to it: `them` adds, `bo` drops, `len` and `xuong` move by one. Pure."""
    order = list(dict.fromkeys(codes))
    added, dropped = asked.get("them"), asked.get("bo")
    if added and added not in order:
        order.append(added)
    order = [code for code in order if code != dropped]
    for name, step in (("len", -1), ("xuong", 1)):
        moved = asked.get(name)
        if moved in order:
            place = order.index(moved)
            order.insert(max(0, place + step), order.pop(place))
    return order
