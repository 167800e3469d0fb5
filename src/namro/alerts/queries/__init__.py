"""Reads of the alerts; every one that serves a person takes the viewer."""

from namro.alerts.queries.counts import AlertCounts, counts, counts_by_kind, counts_by_unit
from namro.alerts.queries.duty import duty_units, on_duty, one_duty, roster
from namro.alerts.queries.finding import AlertFilter, Page, Shown, find, page_of, visible_to
from namro.alerts.queries.one import (
    AlertFile,
    how_many_on,
    late_under,
    one_alert,
    open_of,
    sentence,
    subject_of,
    topics_of,
    urges_of,
)
from namro.alerts.queries.response import Response, responses
from namro.alerts.queries.rules import least_in_use, least_of, live_rules, one_rule, trials_of
from namro.alerts.queries.urging import unanswered, urged_by, urges_to

__all__ = [
    "AlertCounts",
    "AlertFile",
    "AlertFilter",
    "Page",
    "Response",
    "Shown",
    "counts",
    "counts_by_kind",
    "counts_by_unit",
    "duty_units",
    "find",
    "how_many_on",
    "late_under",
    "least_in_use",
    "least_of",
    "live_rules",
    "on_duty",
    "one_alert",
    "one_duty",
    "one_rule",
    "open_of",
    "page_of",
    "responses",
    "roster",
    "sentence",
    "subject_of",
    "topics_of",
    "trials_of",
    "unanswered",
    "urged_by",
    "urges_of",
    "urges_to",
    "visible_to",
]
