"""A map as a page holds it: the drawing, its legend, the data of the live map, the table that serves the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number
from namro.pages.charts.choropleth import PER_CENT, MapUnit, choropleth, ramp, step
from namro.pages.charts.outline import Outline


@dataclass(frozen=True)
class UnitMap:
    """Values of units on a map; `outline` None (no boundaries) leaves the table alone."""

    key: str
    alt: str
    outline: Outline | None
    units: Sequence[MapUnit]
    table_url: str
    boundaries_url: str = ""
    unit_of_measure: str = "%"
    cuts: Sequence[float] = PER_CENT
    as_of: date | None = None
    source: str = ""

    def svg(self) -> str:
        """Return the drawing, '' without boundaries."""
        return choropleth(self.outline, self.units, self.alt, self.cuts) if self.outline else ""

    def legend(self) -> str:
        """Return the colours with the words of their cuts."""
        words = [format_number(cut) for cut in self.cuts]
        told = {"words": ", ".join(words), "unit": self.unit_of_measure}
        return ramp(words, _("Màu từ thấp đến cao: %(words)s %(unit)s") % told)

    def live(self) -> dict[str, Any]:
        """Return what map.js needs: for each unit its colour, words and page."""
        rows = {
            unit.code: [step(unit.value, self.cuts) or 0, unit.name, unit.words, unit.href]
            for unit in self.units
        }
        return {"boundaries": self.boundaries_url, "units": rows}
