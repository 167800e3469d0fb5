"""Tables of the dossiers."""

from namro.dossiers.models.dossier import CodeCounter, Dossier, SeedRun
from namro.dossiers.models.feedback import Feedback, FeedbackEvent
from namro.dossiers.models.history import (
    Apology,
    DossierEvent,
    DossierFile,
    Payment,
    Satisfaction,
    Supplement,
)
from namro.dossiers.models.letters import ApplicantLetter
from namro.dossiers.models.people import Applicant
from namro.dossiers.models.routes import DeskRules, DeskStep, Route

__all__ = [
    "Apology", "Applicant", "ApplicantLetter", "CodeCounter", "DeskRules", "DeskStep", "Dossier", "DossierEvent",
    "DossierFile", "Feedback", "FeedbackEvent", "Payment", "Route", "Satisfaction", "SeedRun", "Supplement",
]  # fmt: skip
