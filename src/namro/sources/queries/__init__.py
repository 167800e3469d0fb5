"""Reads of the sources: forms, returns, findings, runs of the feeds."""

from namro.sources.queries.findings import findings_of, findings_on, open_findings, visible_findings
from namro.sources.queries.forms import asked_units, form, forms, forms_of_unit, is_asked, known_measures
from namro.sources.queries.returns import Return, all_returns, due_forms, last_returns, owed_by, returns
from namro.sources.queries.runs import feed_states
from namro.sources.queries.submissions import as_known_on, latest, stated, versions, visible_submissions

__all__ = [
    "Return",
    "all_returns",
    "as_known_on",
    "asked_units",
    "due_forms",
    "feed_states",
    "findings_of",
    "findings_on",
    "form",
    "forms",
    "forms_of_unit",
    "is_asked",
    "known_measures",
    "last_returns",
    "latest",
    "open_findings",
    "owed_by",
    "returns",
    "stated",
    "versions",
    "visible_findings",
    "visible_submissions",
]
