"""The report as one HTML file that stands alone: for the screen, for print, and for WeasyPrint to set as PDF."""

from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from namro.ground.days import format_long_day
from namro.reports.renderers.addresses import Address, anchors, rows_of
from namro.reports.renderers.view import laid_out, words_html
from namro.reports.terms import FigureRef, Link, Pictures, Report

HERE = Path(__file__).resolve().parent


def to_html(report: Report, pictures: Pictures, address: Address) -> bytes:
    """Return the report as UTF-8; each number leads to its line in the annex, and from there to its rows."""
    return document(report, pictures, address, styles=("document.css", "screen.css")).encode()


def document(
    report: Report, pictures: Pictures, address: Address, *, styles: tuple[str, ...] = ("document.css",)
) -> str:
    """Return the document as HTML with its own style, its drawings inside and no outside request."""
    places = anchors(report)

    def href(run: FigureRef | Link) -> str:
        if isinstance(run, Link):
            return address(run.door)
        return f"#{places[run.key]}" if run.key in places else rows_of(run, address)

    annex = [
        {"figure": figure, "anchor": places[figure.key], "rows": rows_of(figure, address)}
        for figure in report.annex
    ]
    given = {
        "report": report,
        "opening": words_html(report.opening, href),
        "closing": words_html(report.closing, href),
        "sections": laid_out(report, href, pictures.svg),
        "annex": annex,
        "day": format_long_day(report.as_of),
        "style": _style(styles),
    }
    return render_to_string("reports/document.html", given)


@cache
def _style(files: tuple[str, ...]) -> SafeString:
    css = "".join((HERE / file).read_text(encoding="utf-8") for file in files)
    return mark_safe(f"<style>\n{css}</style>")  # noqa: S308 - our own files
