"""The limits of feedback that hold here."""

from namro.dossiers.catalog import FeedbackLimits
from namro.dossiers.models import DeskRules

CODE = "feedback"


def feedback_limits() -> FeedbackLimits:
    """The limits as the package declares them; DeskRules.DoesNotExist before one is loaded."""
    return FeedbackLimits.from_body(DeskRules.objects.get(code=CODE).body)
