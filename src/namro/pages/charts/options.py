"""The four forms of chart, as ECharts options made of plain lists: Vietnamese words, colours as tokens, no script."""

from namro.pages.charts.ground import NARROW, WIDE, Option, Value, words
from namro.pages.charts.rings import share
from namro.pages.charts.rows import bars, heights, stacked_states
from namro.pages.charts.trends import trend

__all__ = [
    "NARROW",
    "WIDE",
    "Option",
    "Value",
    "bars",
    "heights",
    "share",
    "stacked_states",
    "trend",
    "words",
]
