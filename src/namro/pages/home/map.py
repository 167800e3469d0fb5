"""The map of the communes on the home page, by a measure that the reader chooses, with its table."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from namro.pages.charts.boundaries import city_outline
from namro.pages.charts.choropleth import MapUnit
from namro.pages.charts.unit_map import UnitMap
from namro.pages.home.measures import Cell, Measure, chosen, measures
from namro.pages.home.scope import Scope
from namro.pages.links import address

# Rates of what should not be are small: finer steps, so that 5 % and 15 % differ.
FINE_CUTS = (2.0, 5.0, 10.0, 20.0, 40.0)


@dataclass(frozen=True)
class MapPanel:
    """The measures to choose from, the one shown, the map and its table, worst first."""

    choices: list[Measure]
    measure: Measure
    map: UnitMap
    cells: list[Cell]
    known: int


def map_panel(scope: Scope, key: str) -> MapPanel | None:
    """Return the panel of the measure asked for (the first for a wrong key), None in a city without communes."""
    if not scope.communes:
        return None
    choices = measures(scope)
    measure = chosen(choices, key)
    cells = measure.cells(scope)
    return MapPanel(choices, measure, _map(scope, measure, cells), _ordered(cells, measure), _known(cells))


def _map(scope: Scope, measure: Measure, cells: list[Cell]) -> UnitMap:
    alt = _("Bản đồ %(n)s xã, phường, đặc khu theo %(measure)s") % {
        "n": len(cells), "measure": str(measure.label).lower()
    }  # fmt: skip
    shown = UnitMap(
        key="communes",
        alt=alt,
        outline=city_outline(scope.city),
        units=[_on_map(cell) for cell in cells],
        table_url="",
        boundaries_url=address("boundaries", scope.city.code),
        as_of=scope.as_of.day,
    )
    return shown if measure.more_is_better else replace(shown, cuts=FINE_CUTS)


def _on_map(cell: Cell) -> MapUnit:
    words = cell.words if cell.rate is None else f"{cell.words} ({cell.counted})"
    return MapUnit(
        cell.unit.code, cell.unit.name, None if cell.rate is None else float(cell.rate), words, cell.page
    )


def _ordered(cells: list[Cell], measure: Measure) -> list[Cell]:
    """Worst first: that is where somebody must look; those without data at the end."""
    known = [cell for cell in cells if cell.rate is not None]
    known.sort(key=lambda cell: cell.rate, reverse=not measure.more_is_better)  # type: ignore[arg-type,return-value]
    return known + [cell for cell in cells if cell.rate is None]


def _known(cells: list[Cell]) -> int:
    return sum(1 for cell in cells if cell.rate is not None)
