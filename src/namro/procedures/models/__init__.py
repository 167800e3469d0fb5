"""Tables of the procedures."""

from namro.procedures.models.catalogue import LifeEvent, Procedure, ProcedureVersion, Saying, Succession
from namro.procedures.models.imports import ProcedureChange, ProcedureImport

__all__ = [
    "LifeEvent",
    "Procedure",
    "ProcedureChange",
    "ProcedureImport",
    "ProcedureVersion",
    "Saying",
    "Succession",
]
