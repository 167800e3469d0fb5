"""The wall: every chart of a board, one finding a screen, sent to the browser group by group as they are drawn."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from namro.indicators.models import ServiceGroup
from namro.indicators.queries.charts import annotations, charts, service_groups
from namro.pages.centre.cards import Card, cards_of, map_shapes
from namro.pages.centre.place import Place
from namro.pages.centre.view import declared, views_of
from namro.pages.naming import named

HERE = "<!-- charts -->"  # where the groups stand in the frame


def streamed(request: HttpRequest, place: Place) -> StreamingHttpResponse:
    """Return the wall: all figures are read first, in a constant number of queries; what takes time is the drawing."""
    cards = read(place)
    groups = [(group, _of(cards, group)) for group in service_groups()]
    held = [(group, inside) for group, inside in groups if inside]
    context = {
        "place": place,
        "as_of": place.as_of,
        "groups": [(named(group), group.code, len(inside)) for group, inside in held],
        "total": len(cards),
        "shapes": map_shapes(cards),
    }
    frame = render_to_string("centre/wall.html", context, request)
    return StreamingHttpResponse(_parts(frame, held, str(get_language())))


def read(place: Place) -> list[Card]:
    """Return every card of a board, not drawn yet; seven queries."""
    return cards_of(views_of(place, charts(level=place.level), declared()), annotations())


def _of(cards: Sequence[Card], group: ServiceGroup) -> list[Card]:
    return [card for card in cards if card.view.chart.group == group.code]


def _parts(frame: str, held: Sequence[tuple[ServiceGroup, list[Card]]], language: str) -> Iterator[str]:
    """Yield the frame's head, each group, and the frame's foot."""
    head, foot = frame.split(HERE)
    yield head
    for group, cards in held:
        with override(language):
            context: dict[str, Any] = {"name": named(group), "code": group.code, "cards": cards}
            part = render_to_string("centre/wall_group.html", context)
        yield part
    yield foot
