"""Verbs of the sources: declare forms, send a return, keep what does not add up, note how a feed ran."""

from namro.sources.actions.findings import derive_findings
from namro.sources.actions.packages import declare_sources, load_definitions, load_package, load_sources
from namro.sources.actions.runs import note_run
from namro.sources.actions.submissions import Parcel, submit, submit_many

__all__ = [
    "Parcel",
    "declare_sources",
    "derive_findings",
    "load_definitions",
    "load_package",
    "load_sources",
    "note_run",
    "submit",
    "submit_many",
]
