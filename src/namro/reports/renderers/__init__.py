"""A report drawn in a format: the same frozen value in, bytes out; charts are drawn by whoever is given."""

from collections.abc import Callable

from namro.reports.renderers.addresses import Address, nowhere
from namro.reports.renderers.docx import to_docx
from namro.reports.renderers.html import to_html
from namro.reports.renderers.json import to_json
from namro.reports.renderers.pdf import to_pdf
from namro.reports.terms import Format, Pictures, Report

Renderer = Callable[[Report, Pictures, Address], bytes]

RENDERERS: dict[Format, Renderer] = {
    Format.DOCX: to_docx,
    Format.PDF: to_pdf,
    Format.HTML: to_html,
    Format.JSON: to_json,
}
MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.HTML: "text/html; charset=utf-8",
    Format.JSON: "application/json; charset=utf-8",
}


def render(report: Report, form: Format, pictures: Pictures, address: Address = nowhere) -> bytes:
    """Return the report in a format; `address` leads from a number to the page of its rows, where there is one."""
    return RENDERERS[form](report, pictures, address)


def file_name(report: Report, form: Format) -> str:
    """Return a name that says what is inside: bao-cao-conference-48-2025-07-09.docx."""
    return f"bao-cao-{report.template}-{report.unit}-{report.as_of.isoformat()}.{form.value}"
