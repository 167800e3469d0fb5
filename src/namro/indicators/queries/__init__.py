"""Reads of the indicators: definitions, figures, targets; who signs in may read the figures of every unit."""

from namro.indicators.queries.definitions import definition, definitions, definitions_of, find_definition
from namro.indicators.queries.figures import (
    breakdowns,
    figure,
    figures_by_breakdown,
    figures_of_unit,
    gaps,
    latest_by_unit,
    periods,
    recent_of_unit,
    trend,
    visible_figures,
)
from namro.indicators.queries.findings import findings_behind
from namro.indicators.queries.targets import Standing, stand, standing, target, targets
from namro.indicators.queries.tree import pairs_above

__all__ = [
    "Standing",
    "breakdowns",
    "definition",
    "definitions",
    "definitions_of",
    "figure",
    "figures_by_breakdown",
    "figures_of_unit",
    "find_definition",
    "findings_behind",
    "gaps",
    "latest_by_unit",
    "pairs_above",
    "periods",
    "recent_of_unit",
    "stand",
    "standing",
    "target",
    "targets",
    "trend",
    "visible_figures",
]
