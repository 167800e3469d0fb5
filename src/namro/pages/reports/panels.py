"""What the report page is made of: the report laid out with its doors, its ways out, the annex, the sentence above."""

from typing import Any

from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.terms import Capability
from namro.pages.naming import period_words
from namro.pages.reports.asked import Asked
from namro.pages.reports.drawing import shown
from namro.reports.formulas.build import within
from namro.reports.queries import report as made
from namro.reports.renderers.addresses import path_of, rows_of
from namro.reports.renderers.view import laid_out, words_html
from namro.reports.terms import Door, FigureRef, Format, Link, Report

# What is handed out from the page; the page itself is the HTML.
FORMATS = (Format.DOCX, Format.PDF, Format.JSON)
NAMES = {Format.DOCX: "Word (.docx)", Format.PDF: "PDF", Format.JSON: "JSON"}


def page(asked: Asked) -> dict[str, Any]:
    """Return the context of a report that can be made, as the viewer may read it."""
    report = made(asked.template, asked.unit, asked.day)
    return laid_out_for_page(report) | {"sentence": sentence(report), "files": files(asked)}


def laid_out_for_page(report: Report) -> dict[str, Any]:
    """Return a report as its sheet takes it, with its doors."""
    sections = laid_out(report, href, lambda chart: "")
    return {
        "report": report,
        "sections": [_with_pictures(section) for section in sections],
        "opening": words_html(report.opening, href),
        "closing": words_html(report.closing, href),
        "annex": [_annex_row(figure) for figure in report.annex],
    }


def href(run: FigureRef | Link) -> str:
    """Return where a run of a report leads: a number to its rows, a name to its page."""
    return path_of(run.door) if isinstance(run, Link) else rows_of(run, path_of)


def _with_pictures(section: dict[str, Any]) -> dict[str, Any]:
    for block in section["blocks"]:
        if block["kind"] == "chart":
            block["shown"] = shown(block["chart"])
        if block["kind"] == "note":
            block["href"] = _path(block["rows"])
    return section


def _annex_row(figure: FigureRef) -> dict[str, Any]:
    return {"figure": figure, "rows": _path(figure.rows), "definition": _path(figure.definition)}


def _path(door: Door | None) -> str:
    return path_of(door) if door else ""


def files(asked: Asked) -> list[tuple[str, str]]:
    """Return the ways to take the report away, none for who may not export."""
    if not asked.viewer.can(Capability.EXPORT):
        return []
    return [(NAMES[form], asked.to("report_file", dang=form.value)) for form in FORMATS]


def sentence(report: Report) -> str:
    """Return what the report says of itself: how many numbers it tells and how many do not add up."""
    if report.is_letter:
        named_so = {"unit": within(report.unit_name), "day": format_day(report.as_of)}
        return _("Công văn gửi %(unit)s, số liệu đến %(day)s.") % named_so
    period = period_words(Period.parse(report.period))
    told = {
        "period": period[:1].upper() + period[1:],
        "unit": within(report.unit_name),
        "n": format_number(len(report.figures)),
        "doubts": format_number(len(report.findings)),
    }
    if report.findings:
        return _("%(period)s của %(unit)s: %(n)s số liệu, %(doubts)s chỗ chưa khớp.") % told
    return _("%(period)s của %(unit)s: %(n)s số liệu, không chỗ nào chưa khớp.") % told


def units_to_choose(asked: Asked) -> list[Unit]:
    """Return the units whose report the viewer may read: the city, its agencies and communes, or the own ones."""
    rows = Unit.objects.valid_on(asked.day).only("code", "name", "short_name", "sort_key", "kind", "path")
    if asked.viewer.unit_ids is None:
        city = Unit.objects.get(pk=asked.viewer.city_id)
        return [city, *rows.below(city).exclude(pk=city.pk)]
    return list(rows.filter(pk__in=asked.viewer.unit_ids))
