"""A chart as a page holds it: drawings for a desk and a phone, with table, day, source and definition."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from namro.pages.charts.ground import NARROW, WIDE, Option
from namro.pages.charts.render import render_svg


@dataclass(frozen=True)
class Table:
    """The rows behind a drawing: heads, rows of words, how many leading columns are names (the rest are numbers)."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    names: int = 1


@dataclass(frozen=True)
class Chart:
    """A drawing and what must stand beside it; `draw` is a form of options.py with its data, lacking only `wide`."""

    key: str
    title: str
    alt: str
    draw: Callable[..., Option]
    table: Table
    as_of: date | None = None
    source: str = ""
    definition_url: str = ""
    table_url: str = ""
    height: int = 240
    heights: dict[bool, int] = field(default_factory=dict)

    def svg(self, wide: bool) -> str:
        """Return the drawing for a desk (wide) or a phone."""
        return render_svg(
            self.draw(wide=wide), WIDE if wide else NARROW, self.heights.get(wide, self.height), alt=self.alt
        )

    def option(self) -> Option:
        """Return the option that chart.js makes live when asked."""
        return self.draw(wide=True)
