"""A chart as a board shows it: title, sentence, drawing, light, day, source, and the page it opens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.indicators.catalog.charts import ChartForm
from namro.indicators.terms import Light
from namro.pages.centre import drawing, table
from namro.pages.centre.sentence import says
from namro.pages.centre.view import View
from namro.pages.charts.boundaries import city_outline
from namro.pages.charts.choropleth import shapes_once
from namro.pages.naming import named, period_words

TONES = {Light.GREEN: "ok", Light.AMBER: "risk", Light.RED: "over", Light.NONE: "none"}
SHOWN_ROWS = 6


@dataclass(frozen=True)
class Card:
    """One chart of a board; drawn when the template asks."""

    view: View
    marks: drawing.Marks = ()
    beside: str = ""

    @property
    def code(self) -> str:
        """The chart's code."""
        return self.view.chart.code

    @property
    def title(self) -> str:
        """What the chart shows."""
        return named(self.view.chart)

    @cached_property
    def says(self) -> str:
        """The sentence made of its figures."""
        return says(self.view)

    @property
    def href(self) -> str:
        """The chart's own page, for the same unit and day."""
        return self.view.place.href("centre_chart", self.code)

    @property
    def tone(self) -> str:
        """The tone of the unit's own last value."""
        return TONES[self.view.lit]

    @property
    def light(self) -> str:
        """The light in words; '' where the definition sets no threshold."""
        return str(self.view.lit.label) if self.view.lit is not Light.NONE else ""

    @property
    def period(self) -> str:
        """The last period."""
        return period_words(self.view.last)

    @property
    def dated(self) -> str:
        """Since when the newest figure is known."""
        return format_day(self.view.as_of)

    @property
    def stale(self) -> str:
        """How old the figures are where newer should have come; '' where they need not."""
        return _("số liệu cũ %s ngày") % format_number(self.view.stale) if self.view.stale else ""

    @property
    def source(self) -> str:
        """Where the figures come from."""
        return self.view.definition.source

    @property
    def synthetic(self) -> bool:
        """Whether some of it was made by the demo's generator."""
        return self.view.synthetic

    @cached_property
    def drawing(self) -> SafeString:
        """The drawing; '' for a table."""
        # Drawn by ECharts or by our own shapes, which escape the words in them.
        return mark_safe(drawing.card_svg(self.view, self.marks, self.says))  # noqa: S308

    @cached_property
    def table(self) -> table.Table | None:
        """The first rows, for a chart that is a table."""
        if self.view.chart.form is not ChartForm.TABLE:
            return None
        whole = table.table_of(self.view)
        return table.Table(whole.heads, whole.rows[:SHOWN_ROWS], whole.names)


def cards_of(
    views: Iterable[View], marks: drawing.Marks, peers: Mapping[str, str] | None = None
) -> list[Card]:
    """Return the cards of views, each with where the unit stands among its peers."""
    return [Card(view, marks, (peers or {}).get(view.chart.code, "")) for view in views]


def map_shapes(cards: Sequence[Card]) -> SafeString:
    """Return the outlines that the small maps of a page borrow; '' where it has none."""
    maps = [card for card in cards if card.view.chart.form is ChartForm.MAP]
    outline = city_outline(maps[0].view.place.city) if maps else None
    return mark_safe(shapes_once(outline)) if outline else mark_safe("")  # noqa: S308 — our own drawing
