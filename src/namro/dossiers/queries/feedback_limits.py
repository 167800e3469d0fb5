"""The limits of feedback that hold here."""

from namro.dossiers.catalog import FeedbackLimits
from namro.dossiers.models import DeskRules

CODE = "feedback"


def feedback_limits() -> FeedbackLimits:
    """The limits as the package declares them; of no kind before one is loaded."""
    row = DeskRules.objects.filter(code=CODE).first()
    return FeedbackLimits.from_body(row.body) if row else FeedbackLimits({}, stops=True)
