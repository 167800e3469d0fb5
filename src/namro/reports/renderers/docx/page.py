"""The page by Decree 30/2020/NĐ-CP: A4, margins, letters, page numbers centred at the top but for page 1."""

from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from namro.ground import clock
from namro.reports.renderers.docx.parts import LETTERS, element, field, write
from namro.reports.terms import Report

TEXT_WIDTH = Mm(210 - 30 - 15)
BODY, PAGE_NUMBER, MARK = 14, 14, 10


def new_document(report: Report) -> Word:
    """Return an empty document in the layout of the decree, with what it is in its properties."""
    word = Document()
    _letters(word)
    _page(word, report)
    properties = word.core_properties
    properties.title = f"{report.kind.capitalize()}: {report.title}"
    properties.subject, properties.author, properties.language = report.summary, report.unit_name, "vi-VN"
    properties.comments = "Dữ liệu minh họa" if report.synthetic else ""
    properties.created = properties.modified = clock.now().replace(tzinfo=None)
    return word


def _letters(word: Word) -> None:
    """Times New Roman 14, black, in every script, justified with a first line set in."""
    normal: Any = word.styles["Normal"]
    normal.font.name, normal.font.size = LETTERS, Pt(BODY)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), LETTERS)
    normal.element.rPr.append(element("w:lang", val="vi-VN", eastAsia="vi-VN"))
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.1


def _page(word: Word, report: Report) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True
    top = section.header.paragraphs[0]
    top.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field(top, "PAGE", size=PAGE_NUMBER)
    if report.synthetic:
        for footer in (section.footer, section.first_page_footer):
            below = footer.paragraphs[0]
            below.alignment = WD_ALIGN_PARAGRAPH.CENTER
            write(below, "Dữ liệu minh họa – không dùng làm căn cứ", size=MARK, italic=True)
