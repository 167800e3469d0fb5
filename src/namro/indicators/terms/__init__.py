"""Words of the indicators: what is measured, how it adds up the tree, and the figure that comes out."""

from namro.indicators.terms.figures import Computed, FigureRow
from namro.indicators.terms.forecasts import ForecastRow, Outlook, Step
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
from namro.indicators.terms.indices import IndexDef, IndexPart, Missing, Normalise, Score
from namro.indicators.terms.measures import Aggregate, Condition, Measure, Test
from namro.indicators.terms.peers import Spread, Stand
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
    "ForecastRow",
    "IndexDef",
    "IndexPart",
    "IndicatorDef",
    "IndicatorKind",
    "Light",
    "Measure",
    "Missing",
    "Normalise",
    "Outlook",
    "Own",
    "Part",
    "Score",
    "Sign",
    "Spread",
    "Stand",
    "Step",
    "TargetDef",
    "Term",
    "Test",
]
