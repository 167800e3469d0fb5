"""5.2 and 5.3 from the feedback of people."""

from namro.quality.queries.counting import Asked, Key, Tops
from namro.quality.terms import Measure


def feedback_counts(asked: Asked) -> dict[Key, Tops]:
    """Return the counts of 5.2 and 5.3 by unit (and city) and period."""
    return {}


def costing_feedback(measure: Measure, asked: Asked) -> list[str]:
    """Return the codes of the feedback that cost points."""
    return []
