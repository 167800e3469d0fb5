"""From a template and its material to the report: pure, so that the same figures always give the same document."""

from namro.reports.formulas.build import build
from namro.reports.formulas.derived import derive
from namro.reports.formulas.plain import plain

__all__ = ["build", "derive", "plain"]
