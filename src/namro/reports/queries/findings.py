"""What does not add up, as a report tells it: the facts of the source documents first."""

from django.db.models import QuerySet

from namro.organisation.models import Unit
from namro.reports.catalog.templates import TemplateDef
from namro.reports.formulas.facts import fact_behind
from namro.reports.terms import Door, FindingRef, Subject, Tier
from namro.sources.models import Finding
from namro.sources.queries import findings_on


def findings_of(template: TemplateDef, subject: Subject, unit: Unit) -> tuple[FindingRef, ...]:
    """Return the findings open on the day within the unit, in the order of the template's facts; one query."""
    facts = [*template.facts, ""]
    found = [_finding(row, template, subject) for row in _open(subject, unit)]
    return tuple(sorted(found, key=lambda finding: facts.index(finding.fact)))


def _open(subject: Subject, unit: Unit) -> QuerySet[Finding]:
    rows = findings_on(subject.as_of).filter(unit__path__startswith=unit.path)
    return rows.order_by("form", "unit__sort_key", "period_start", "pk")


def _finding(row: Finding, template: TemplateDef, subject: Subject) -> FindingRef:
    fact = fact_behind(template, row.form, row.fields) if subject.tier is Tier.CITY else ""
    return FindingRef(
        fact=fact,
        check=row.kind,
        code=row.check_code,
        form=row.form,
        unit=row.unit.code,
        unit_name=row.unit.name,
        period=row.period,
        stated=row.stated,
        expected=row.expected,
        difference=abs(row.difference),
        text=row.text,
        as_of=row.opened_day,
        rows=Door("form", (row.form, row.period, row.unit.code)),
    )
