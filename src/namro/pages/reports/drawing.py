"""The charts of a report as pictures: what the renderers of documents are given, named in settings for the commands."""

from functools import partial
from typing import Any

from namro.ground.numbers import format_number
from namro.pages.charts.chart import Chart as Shown
from namro.pages.charts.chart import Table
from namro.pages.charts.ground import WIDE, Option
from namro.pages.charts.options import bars, stacked_states
from namro.pages.charts.render import render_png, render_svg
from namro.reports.terms import STATE_WORDS, Chart, FigureRef, Pictures

ROW, FOOT = 34, 36


def pictures() -> Pictures:
    """Return how documents have their charts drawn: fixed colours, the document's letters."""
    return Pictures(svg=svg, png=lambda chart: render_png(svg(chart)))


def svg(chart: Chart) -> str:
    """Return the drawing of a chart for paper."""
    drawn = render_svg(option(chart, wide=True), WIDE, height(chart), alt=chart.alt, theme="document")
    return drawn.replace("hatch-", f"hatch-{chart.code}-")  # an id stands once in a document


def option(chart: Chart, *, wide: bool) -> Option:
    """Return what ECharts is told: bands of states, or bars with their values."""
    labels = [bar.label for bar in chart.bars]
    if chart.kind == "states":
        counts = [dict(bar.states) for bar in chart.bars]
        words = {state: word.capitalize() for state, word in STATE_WORDS.items()}
        totals = [f"{format_number(sum(row.values()))} {chart.unit_of_measure}" for row in counts]
        return stacked_states(labels, counts, states=words, notes=totals, wide=wide)
    values = [_number(bar.figure) for bar in chart.bars]
    return bars(labels, values, unit=chart.unit_of_measure, wide=wide)


def height(chart: Chart) -> int:
    """Return how tall a chart is drawn, in pixels."""
    return ROW * len(chart.bars) + (FOOT if chart.kind == "states" else 8)


def shown(chart: Chart) -> Shown:
    """Return the chart as a page shows it, with its table, day and source."""
    return Shown(
        key=f"report-{chart.code}",
        title="",
        alt=chart.alt,
        draw=partial(_draw, chart),
        table=_table(chart),
        as_of=chart.as_of,
        source=chart.source,
        height=height(chart),
        heights={False: height(chart) + (40 if chart.kind == "states" else 0)},
    )


def _draw(chart: Chart, *, wide: bool) -> Option:
    return option(chart, wide=wide)


def _table(chart: Chart) -> Table:
    if chart.kind == "states":
        rows: list[list[str]] = [[bar.label, *(str(count) for _, count in bar.states)] for bar in chart.bars]
        return Table(("", *STATE_WORDS.values()), rows)
    return Table(
        ("", chart.unit_of_measure),
        [[bar.label, bar.figure.text if bar.figure else ""] for bar in chart.bars],
    )


def _number(figure: FigureRef | None) -> Any:
    return None if figure is None or figure.value is None else float(figure.value)
