"""Tables of the sources: declared forms and what was sent on them; declared sources, their batches, drafts."""

from namro.sources.models.drafts import SourceDraft, SourceSample
from namro.sources.models.forms import KINDS, FeedRun, Finding, Form, Submission
from namro.sources.models.intake import Batch, QuarantinedRow, Source

__all__ = [
    "KINDS",
    "Batch",
    "FeedRun",
    "Finding",
    "Form",
    "QuarantinedRow",
    "Source",
    "SourceDraft",
    "SourceSample",
    "Submission",
]
