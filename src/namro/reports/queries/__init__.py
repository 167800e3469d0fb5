"""Reads of the reports: the templates in use, and one report of a unit on a day."""

from namro.reports.queries.one import has_figures, may_read, report
from namro.reports.queries.templates import template, templates

__all__ = ["has_figures", "may_read", "report", "template", "templates"]
