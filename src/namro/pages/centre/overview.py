"""The whole of a board in one page: the lights of each service group, and the worst of it first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number
from namro.indicators.catalog.charts import ChartDef
from namro.indicators.models import ServiceGroup
from namro.indicators.queries.boards import Board, Peers, board_figures, peers_of
from namro.indicators.queries.charts import annotations, charts, service_groups
from namro.indicators.terms import Light
from namro.organisation.terms import COMMUNE_KINDS
from namro.pages.centre.cards import TONES, Card, cards_of
from namro.pages.centre.place import Place
from namro.pages.centre.sentence import beside_peers, headline, says
from namro.pages.centre.view import Declared, View, declared, view_of, views_of
from namro.pages.naming import named

WORST = 6
NAMED = 3
ORDER = (Light.RED, Light.AMBER, Light.GREEN)
Lights = Counter[Light]


@dataclass(frozen=True)
class GroupLine:
    """One service group on a board: how many of its indicators show which light, and its worst in a sentence."""

    group: ServiceGroup
    name: str
    href: str
    lights: Lights
    charts: int
    stale: int
    worst: View | None

    @property
    def pills(self) -> list[tuple[str, str]]:
        """Tone and words of each light that occurs, red first."""
        told = [
            (TONES[light], f"{format_number(self.lights[light])} {light.label}")
            for light in ORDER
            if self.lights[light]
        ]
        return told or [("none", _("chưa đặt ngưỡng"))]

    @property
    def says(self) -> str:
        """The worst of the group in a sentence, with what it is about."""
        return f"{named(self.worst.chart)}: {says(self.worst)}" if self.worst else ""


def overview(place: Place) -> dict[str, Any]:
    """Return what the page of a board shows; three queries of figures at most, however many charts."""
    known = declared()
    wanted = charts(level=place.level)
    views = _own(place, wanted, known)
    lines = group_lines(place, views)
    worst = worst_first(views)[:WORST]
    # Only what stands on the page is read in full: maps and grids need every unit.
    full = views_of(place, [view.chart for view in worst], known)
    cards = cards_of(full, annotations(), beside(full))
    return {
        "sentence": headline(place.unit.name, lights_of(views), worst_groups(lines)),
        "lines": sorted(
            lines, key=lambda line: (-line.lights[Light.RED], -line.lights[Light.AMBER], line.group.order)
        ),
        "cards": cards,
        "counted": {
            "groups": len(lines),
            "charts": len(views),
            "stale": sum(bool(view.stale) for view in views),
        },
    }


def _own(place: Place, wanted: Sequence[ChartDef], known: Declared) -> list[View]:
    """Return every chart with the figures of the unit alone: enough for lights and sentences, in one query."""
    alone = Board(place.unit.pk)
    found = board_figures(place.viewer, wanted, known.definitions, alone, place.as_of.day)
    return [view_of(place, chart, found[chart.code], known) for chart in wanted if chart.code in found]


def group_lines(place: Place, views: Sequence[View]) -> list[GroupLine]:
    """Return the groups that have charts with figures, in the order of the package; one query."""
    by_group: dict[str, list[View]] = {}
    for view in views:
        by_group.setdefault(view.chart.group, []).append(view)
    return [_line(place, group, by_group[group.code]) for group in service_groups() if group.code in by_group]


def _line(place: Place, group: ServiceGroup, views: Sequence[View]) -> GroupLine:
    return GroupLine(
        group=group,
        name=named(group),
        href=place.href("centre_group", group.code),
        lights=lights_of(views),
        charts=len(views),
        stale=sum(bool(view.stale) for view in views),
        worst=next(iter(worst_first(views)), None) or views[0],
    )


def lights_of(views: Sequence[View]) -> Lights:
    """Return how many indicators show which light: an indicator counts once, on however many charts it stands."""
    return Counter({(view.definition.code, view.chart.breakdown): view.lit for view in views}.values())


def worst_first(views: Sequence[View]) -> list[View]:
    """Return a chart of each indicator that is not as it should be, the farthest off first. Pure."""
    once = {(view.definition.code, view.chart.breakdown): view for view in reversed(views)}
    off = [view for view in once.values() if view.lit in (Light.RED, Light.AMBER)]
    return sorted(off, key=lambda view: (view.lit is not Light.RED, -view.shortfall))


def worst_groups(lines: Sequence[GroupLine]) -> list[str]:
    """Return the names of the groups with most in the red."""
    red = sorted((line for line in lines if line.lights[Light.RED]), key=lambda line: -line.lights[Light.RED])
    return [line.name for line in red[:NAMED]]


def beside(views: Sequence[View]) -> dict[str, str]:
    """Return, for a commune's board, where it stands among the communes with each chart; one query, none for others."""
    if not views or views[0].place.unit.kind not in COMMUNE_KINDS:
        return {}
    asked = {view.chart.code: (view.chart, view.definition, view.own[-1]) for view in views if view.own}
    found: dict[str, Peers] = peers_of(asked, views[0].place.board.communes, views[0].place.as_of.day)
    among = _("xã, phường, đặc khu")
    return {view.chart.code: beside_peers(view, found.get(view.chart.code), among) for view in views}


def group_board(place: Place, group: ServiceGroup) -> tuple[str, list[Card]]:
    """Return the first sentence on one service group of a board, and its cards; seven queries."""
    views, name = views_of(place, charts(level=place.level, group=group.code), declared()), named(group)
    lights = lights_of(views)
    sentence = headline(name, lights, ()) if set(lights) & set(ORDER) else name
    return sentence, cards_of(views, annotations(), beside(views))
