"""One chart on one board: its definition, its figures, what they say, and how old they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from namro.ground.period import Kind, Period
from namro.indicators.catalog.charts import BY_PARTS, BY_UNITS, ChartDef, Over
from namro.indicators.queries import definitions, targets
from namro.indicators.queries.boards import Cell, Series, board_figures
from namro.indicators.queries.charts import promised_days
from namro.indicators.queries.forecasts import forecasts
from namro.indicators.rules import Reading, Seen, days_stale, light, reading, shortfall
from namro.indicators.terms import ForecastRow, IndicatorDef, Light, TargetDef
from namro.pages.centre.place import Place


@dataclass(frozen=True)
class View:
    """A chart with its figures for a board; there is no view of a chart without figures."""

    chart: ChartDef
    definitions: tuple[IndicatorDef, ...]
    series: tuple[Series, ...]
    place: Place
    promised: int | None = None
    target: TargetDef | None = None
    forecast: ForecastRow | None = None

    @property
    def definition(self) -> IndicatorDef:
        """The indicator that the chart is first of all about."""
        return self.definitions[0]

    @cached_property
    def last(self) -> Period:
        """The last period of which anything is known."""
        return max(series.last for series in self.series)

    @cached_property
    def as_of(self) -> date:
        """Since when the newest of it is known."""
        return max(series.as_of for series in self.series)

    @property
    def synthetic(self) -> bool:
        """Whether some of it was made by the demo's generator."""
        return any(series.synthetic for series in self.series)

    @cached_property
    def stale(self) -> int:
        """How many days old it is where newer figures should have come; 0 where they need not."""
        return days_stale(self.last, self.place.as_of.day, self.promised)

    @cached_property
    def own(self) -> list[Cell]:
        """What the unit whose board it is has of the first indicator, oldest first."""
        return self.series[0].of(self.place.unit.pk, self.chart.breakdown)

    def value_of(self, series: Series) -> float | None:
        """Return the last value that the unit has of one of several indicators."""
        cells = series.of(self.place.unit.pk, self.chart.breakdown)
        return cells[-1].value if cells else None

    @cached_property
    def drawn(self) -> list[Cell]:
        """The cells that the chart draws: of the units beside each other, of the parts, or of the unit alone."""
        if self.chart.over in BY_UNITS:
            beside = {unit.pk for unit in self.place.among(self.chart)}
            return [cell for cell in self.series[0].cells if cell.unit in beside]
        if self.chart.over in BY_PARTS:
            return [cell for cell in self.series[0].cells if cell.part]
        return [cell for series in self.series for cell in series.cells]

    @cached_property
    def now(self) -> list[Cell]:
        """The drawn cells of the last period, with a value."""
        return [cell for cell in self.drawn if cell.start == self.last.start and cell.value is not None]

    @cached_property
    def reading(self) -> Reading:
        """What the figures say."""
        every = [seen for cell in self.drawn if (seen := self._seen(cell))]
        own = [seen for cell in self.own if (seen := self._seen(cell))]
        return reading(own, every, self.definition.lights, self.definition.direction)

    @property
    def lit(self) -> Light:
        """The light of the unit's own last value."""
        return self.reading.light

    def light_of(self, value: float | None) -> Light:
        """Return the light of any value by the definition's thresholds."""
        return light(value, self.definition.lights, self.definition.direction)

    @property
    def shortfall(self) -> float:
        """How far the unit's own last value is beyond what still shows amber, as a share of that; 0 where it is not."""
        return shortfall(self.reading, self.definition.lights, self.definition.direction)

    def period(self, start: date) -> Period:
        """Return the period that starts on a day."""
        return Period(self.chart.period, start)

    @cached_property
    def periods(self) -> list[Period]:
        """Every period from the first drawn to the last, none left out."""
        found = [self.period(min((cell.start for cell in self.drawn), default=self.last.start))]
        while found[-1] < self.last:
            found.append(found[-1].next())
        return found

    @cached_property
    def ahead(self) -> ForecastRow | None:
        """What is forecast from the very period that is drawn last on; None where it is of older figures, or did not
        hold on history."""
        row = self.forecast
        is_next = row is not None and row.starts[:1] == (self.last.next().start,)
        return row if row and is_next and row.outlook.holds else None

    def _seen(self, cell: Cell) -> Seen | None:
        where = cell.unit if self.chart.over in BY_UNITS else cell.part
        return None if cell.value is None else Seen(where, cell.start, cell.value)


@dataclass(frozen=True)
class Declared:
    """The indicators by code, and within how many days the sources have promised their rows."""

    definitions: Mapping[str, IndicatorDef]
    promised: Mapping[str, int]

    def promise(self, code: str) -> int | None:
        """Return the promise of the source of an indicator; None where it has none."""
        return self.promised.get(self.definitions[code].table)


def declared() -> Declared:
    """Return what charts are read by; two queries."""
    return Declared({each.code: each for each in definitions()}, promised_days())


def views_of(place: Place, charts: Iterable[ChartDef], known: Declared) -> list[View]:
    """Return a view of each chart that has figures for the board, in their order; three queries."""
    wanted = list(charts)
    found = board_figures(place.viewer, wanted, known.definitions, place.board, place.as_of.day)
    around = around_of(place) if any(chart.over is Over.TIME for chart in wanted) else Around()
    return [
        view_of(place, chart, found[chart.code], known, around) for chart in wanted if chart.code in found
    ]


@dataclass(frozen=True)
class Around:
    """What stands beside the figures of a unit over time: its targets by indicator and part, its forecasts."""

    targets: Mapping[tuple[str, str], TargetDef] = field(default_factory=dict)
    forecasts: Mapping[tuple[str, Kind], ForecastRow] = field(default_factory=dict)


def around_of(place: Place) -> Around:
    """Return what was aimed at and forecast for the unit of a board, as known on the day; two queries."""
    aims = targets(place.as_of.day, unit_code=place.unit.code)
    ahead = forecasts(place.viewer, place.unit.pk, place.as_of.day)
    return Around({(aim.indicator, aim.breakdown): aim for aim in aims}, ahead)


def view_of(
    place: Place, chart: ChartDef, series: Sequence[Series], known: Declared, around: Around | None = None
) -> View:
    """Return the view of a chart whose series were read; one indicator over time with its target and its forecast."""
    shown = tuple(known.definitions[each.indicator] for each in series)
    first, beside = shown[0].code, around or Around()
    alone = chart.over is Over.TIME and len(series) == 1
    return View(
        chart,
        shown,
        tuple(series),
        place,
        known.promise(first),
        beside.targets.get((first, chart.breakdown)) if alone else None,
        beside.forecasts.get((first, chart.period)) if alone and not chart.breakdown else None,
    )
