"""Verbs of the procedures: receive a file, publish it, leave it; load what a package declares."""

from namro.procedures.actions.loading import load_package
from namro.procedures.actions.publishing import discard_import, publish_import
from namro.procedures.actions.receiving import receive_import

__all__ = ["discard_import", "load_package", "publish_import", "receive_import"]
