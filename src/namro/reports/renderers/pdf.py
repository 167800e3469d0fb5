"""The report as PDF: the HTML document, set on paper by WeasyPrint in our own letters."""

from functools import cache
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from namro.reports.renderers.addresses import Address
from namro.reports.renderers.html import document
from namro.reports.terms import Pictures, Report

LETTERS = Path(__file__).resolve().parent / "letters"
FACE = "@font-face {{ font-family: 'Times New Roman'; font-weight: {}; font-style: {}; src: url('{}'); }}"


def to_pdf(report: Report, pictures: Pictures, address: Address) -> bytes:
    """Return the report as PDF with every letter inside; nothing is fetched from anywhere."""
    css, letters = _letters()
    page = weasyprint.HTML(string=document(report, pictures, address), url_fetcher=_refuse)
    return bytes(page.write_pdf(stylesheets=[css], font_config=letters))


@cache
def _letters() -> tuple[weasyprint.CSS, FontConfiguration]:
    """Return the faces of our letters under the name that the document asks for."""
    letters = FontConfiguration()
    files = [
        (weight, style, LETTERS / f"Tinos-{weight}-{style}.ttf")
        for weight in (400, 700)
        for style in ("normal", "italic")
    ]
    faces = "\n".join(FACE.format(weight, style, file.as_uri()) for weight, style, file in files)
    return weasyprint.CSS(string=faces, font_config=letters), letters


def _refuse(url: str) -> None:
    """A document holds all it needs: whatever else it asks for is not fetched."""
    raise ValueError(f"Báo cáo không được tải tệp ngoài: {url}")
