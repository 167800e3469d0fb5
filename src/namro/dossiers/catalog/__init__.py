"""Declared things of the dossiers: the rules of the one-stop desk, and the routes that dossiers take inside."""

from namro.dossiers.catalog.desk import DeskRulesDef, FileType, read_desk
from namro.dossiers.catalog.feedback import FeedbackLimits, KindLimits, read_feedback
from namro.dossiers.catalog.routes import RouteDef, StepDef, read_routes

__all__ = [
    "DeskRulesDef",
    "FeedbackLimits",
    "FileType",
    "KindLimits",
    "RouteDef",
    "StepDef",
    "read_desk",
    "read_feedback",
    "read_routes",
]
