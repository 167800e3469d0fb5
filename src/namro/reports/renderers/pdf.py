"""The report as PDF: the HTML document, set on paper by WeasyPrint in our own letters.

WeasyPrint takes a second to load: a process does so with the first PDF, not when it starts.
"""

import atexit
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from namro.reports.renderers.addresses import Address
from namro.reports.renderers.html import document
from namro.reports.terms import Pictures, Report

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

LETTERS = Path(__file__).resolve().parent / "letters"
FACE = "@font-face {{ font-family: 'Times New Roman'; font-weight: {}; font-style: {}; src: url('{}'); }}"


def to_pdf(report: Report, pictures: Pictures, address: Address) -> bytes:
    """Return the report as PDF with every letter inside; nothing is fetched from anywhere."""
    import weasyprint  # noqa: PLC0415 - see above

    css, letters = _letters()
    page = weasyprint.HTML(string=document(report, pictures, address), url_fetcher=_refuse)
    return bytes(page.write_pdf(stylesheets=[css], font_config=letters))


@cache
def _letters() -> "tuple[CSS, FontConfiguration]":
    """Return the faces of our letters under the name that the document asks for."""
    from weasyprint import CSS  # noqa: PLC0415 - see above
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - see above

    letters = FontConfiguration()
    files = [
        (weight, style, LETTERS / f"Tinos-{weight}-{style}.ttf")
        for weight in (400, 700)
        for style in ("normal", "italic")
    ]
    faces = "\n".join(FACE.format(weight, style, file.as_uri()) for weight, style, file in files)
    atexit.register(_letters.cache_clear)  # it has a folder to remove, and needs a living Python for that
    return CSS(string=faces, font_config=letters), letters


def _refuse(url: str) -> None:
    """A document holds all it needs: whatever else it asks for is not fetched."""
    raise ValueError(f"Báo cáo không được tải tệp ngoài: {url}")
