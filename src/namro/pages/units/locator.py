"""Where a commune lies among the others of its city."""

from dataclasses import dataclass

from namro.organisation.models import Unit
from namro.organisation.queries import city_of
from namro.organisation.terms import COMMUNE_KINDS
from namro.pages.charts.boundaries import city_outline
from namro.pages.charts.outline import WIDTH


@dataclass(frozen=True)
class Locator:
    """A drawing of the city: one path for all communes, and the path of the one sought."""

    view_box: str
    others: str
    here: str


def locator(unit: Unit) -> Locator | None:
    """Return the drawing, None for a unit that is no commune in force or has no boundary."""
    if unit.kind not in COMMUNE_KINDS or unit.valid_to is not None:
        return None
    outline = city_outline(city_of(unit))
    if outline is None or unit.code not in outline.paths:
        return None
    others = "".join(path for code, path in outline.paths.items() if code != unit.code)
    return Locator(f"-2 -2 {WIDTH + 4} {outline.height + 4}", others, outline.paths[unit.code])
