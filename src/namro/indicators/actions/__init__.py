"""Verbs of the indicators: declare definitions, targets and charts, store figures, arrange one's own board."""

from namro.indicators.actions.charts import arrange_board, load_boards
from namro.indicators.actions.figures import store_figures
from namro.indicators.actions.packages import load_definitions, load_package, load_targets

__all__ = [
    "arrange_board",
    "load_boards",
    "load_definitions",
    "load_package",
    "load_targets",
    "store_figures",
]
