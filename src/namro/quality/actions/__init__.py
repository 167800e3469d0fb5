"""Writes of the index: what a package declares, announcements of procedures, counts reported nationally."""

from namro.quality.actions.keeping import AnnouncementRow, ReportedRow, put_announcements, put_reported
from namro.quality.actions.loading import load_package

__all__ = ["AnnouncementRow", "ReportedRow", "load_package", "put_announcements", "put_reported"]
