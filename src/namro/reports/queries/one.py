"""One report: what a template asks for is read once, the rest is pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from namro.ground.numbers import format_number
from namro.indicators.models import Figure
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.reports.catalog.templates import TemplateDef
from namro.reports.formulas import build, derive
from namro.reports.queries.boxes import box_figures
from namro.reports.queries.figures import indicator_figures, target_figures, unknown
from namro.reports.queries.findings import findings_of
from namro.reports.queries.listings import Asking, listing
from namro.reports.queries.subject import ANSWER_IN, subject_of
from namro.reports.terms import FigureRef, Material, Report, Subject, Table
from namro.tasks.feeds import SOURCE


def may_read(viewer: Viewer, unit: Unit) -> bool:
    """Whether the viewer may read the report of a unit: those of the own units, or all for who reads all."""
    return viewer.sees_unit(unit.pk)


def has_figures(day: date) -> bool:
    """Whether the river has run for the day; one query."""
    return Figure.objects.filter(as_of=day, period_kind="day", period_start=day).exists()


def report(template: TemplateDef, unit: Unit, day: date) -> Report:
    """Return the report of a unit as of a day; a constant number of queries. Whether it may be read is asked before."""
    subject = subject_of(unit, day, template.period, answer_in=template.document.get("answer_in", ANSWER_IN))
    asking = Asking(subject, unit)
    listings = {key: listing(key, asking) for key in dict.fromkeys(_listings(template, subject))}
    read = (
        indicator_figures(template, subject)
        | box_figures(template, subject)
        | target_figures(template, subject)
    )
    read |= _counts(template, subject, listings)
    material = Material(
        subject=subject,
        figures=derive(template.figures, read),
        listings=listings,
        findings=findings_of(template, subject, unit),
    )
    return build(template, material)


def _listings(template: TemplateDef, subject: Subject) -> Iterator[str]:
    """Yield the lists that the template shows for the tier, or counts."""
    for section in template.sections:
        for block in section["blocks"]:
            tiers = block.get("for") or section.get("for") or (subject.tier,)
            if "listing" in block and subject.tier in tiers:
                yield block["listing"]
    yield from (figure.code for figure in template.figures.values() if figure.origin == "count")


def _counts(template: TemplateDef, subject: Subject, listings: dict[str, Table]) -> dict[str, FigureRef]:
    """Return the figures that say how many rows a list of the report has."""
    found = {}
    for figure in template.figures.values():
        if figure.origin == "count":
            number = listings[figure.code].count
            found[figure.key] = replace(
                unknown(figure, subject, figure.key),
                value=Decimal(number),
                text=format_number(number),
                period=subject.as_of.isoformat(),
                as_of=subject.as_of,
                source=SOURCE,
                unit_of_measure=figure.unit_of_measure,
                how="Đếm các dòng của bảng kèm theo trong báo cáo này",
            )
    return found
