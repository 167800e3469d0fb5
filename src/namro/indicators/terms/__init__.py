"""Words of the indicators: what is measured, how it adds up the tree, and the figure that comes out."""

from namro.indicators.terms.figures import Computed, FigureRow
from namro.indicators.terms.indicators import (
    MONEY,
    AddsUp,
    Direction,
    IndicatorDef,
    IndicatorKind,
    Light,
    Own,
    Part,
    Term,
)
from namro.indicators.terms.measures import Aggregate, Condition, Measure, Test
from namro.indicators.terms.signs import ASK, OF_OTHERS, Against, Ask, Sign
from namro.indicators.terms.targets import TargetDef

__all__ = [
    "ASK",
    "MONEY",
    "OF_OTHERS",
    "AddsUp",
    "Against",
    "Aggregate",
    "Ask",
    "Computed",
    "Condition",
    "Direction",
    "FigureRow",
    "IndicatorDef",
    "IndicatorKind",
    "Light",
    "Measure",
    "Own",
    "Part",
    "Sign",
    "TargetDef",
    "Term",
    "Test",
]
