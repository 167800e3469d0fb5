"""Reads of what does not add up."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from namro.organisation.terms import Viewer
from namro.sources.models import Finding, Submission


def findings_on(day: date, *, forms: Iterable[str] | None = None) -> QuerySet[Finding]:
    """Return the findings that were open at the end of the day, of those forms only if given."""
    rows = Finding.objects.filter(Q(closed_day__isnull=True) | Q(closed_day__gt=day), opened_day__lte=day)
    rows = rows.select_related("unit", "submission")
    return rows if forms is None else rows.filter(form__in=list(forms))


def visible_findings(viewer: Viewer, day: date) -> QuerySet[Finding]:
    """Return the findings open on the day of the units within the viewer's reach."""
    rows = findings_on(day)
    return rows if viewer.unit_ids is None else rows.filter(unit_id__in=viewer.unit_ids)


def findings_of(submission: Submission) -> QuerySet[Finding]:
    """Return all that did not hold in one version of a return, mended since or not."""
    return Finding.objects.filter(submission=submission).select_related("unit")


def open_findings(submissions: Iterable[Submission]) -> dict[int, list[Finding]]:
    """Return the findings of each of the submissions by its id; one query."""
    found: dict[int, list[Finding]] = {}
    for finding in Finding.objects.filter(submission__in=list(submissions)):
        found.setdefault(finding.submission_id, []).append(finding)
    return found
