"""Tables of the sources: declared forms and what was sent on them; declared sources, their batches, rows held back."""

from namro.sources.models.forms import KINDS, FeedRun, Finding, Form, Submission
from namro.sources.models.intake import Batch, QuarantinedRow, Source

__all__ = ["KINDS", "Batch", "FeedRun", "Finding", "Form", "QuarantinedRow", "Source", "Submission"]
