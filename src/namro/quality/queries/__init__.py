"""Reads of the index: scores of units and months, and what cost their points."""

from namro.quality.queries.costing import Where, costing, costing_count, costs_of, mendable
from namro.quality.queries.scoring import (
    CODE,
    Scored,
    level_of,
    scheme,
    score_of,
    scores,
    span_of,
)
from namro.quality.queries.spans import Span, months_of

__all__ = [
    "CODE", "Scored", "Span", "Where", "costing", "costing_count", "costs_of", "level_of", "mendable", "months_of",
    "scheme", "score_of", "scores", "span_of",
]  # fmt: skip
