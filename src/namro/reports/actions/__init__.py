"""Verbs of the reports: declare templates, send a report that is due, note that one was handed out."""

from namro.reports.actions.packages import load_definitions, load_package, note_handed_out
from namro.reports.actions.sending import Parcel, send

__all__ = ["Parcel", "load_definitions", "load_package", "note_handed_out", "send"]
