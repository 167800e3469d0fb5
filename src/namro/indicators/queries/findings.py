"""What does not add up behind a figure."""

from datetime import date

from django.db.models import QuerySet

from namro.indicators.terms import IndicatorDef
from namro.organisation.terms import Viewer
from namro.sources.models import Finding
from namro.sources.queries import findings_on, visible_findings


def findings_behind(
    definition: IndicatorDef, day: date, *, viewer: Viewer | None = None, period: str = ""
) -> QuerySet[Finding]:
    """Return the findings open on the day on the forms that an indicator is made of; all of them for the machine."""
    codes = {measure.split(".")[1] for measure in definition.measures if measure.count(".") == 2}
    rows = findings_on(day) if viewer is None else visible_findings(viewer, day)
    rows = rows.filter(form__in=codes)
    return rows.filter(period=period) if period else rows
