"""Head and foot of an official document: who issues it and the national motto; who gets it and who signs."""

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from namro.ground.days import format_long_day
from namro.reports.renderers.docx.parts import rule, set_widths, without_borders, write
from namro.reports.terms import Report

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BLANK = "\u00a0" * 8  # the clerk gives the number
LEFT, RIGHT = Mm(68), Mm(97)
ROOM_TO_SIGN = 5


def write_head(word: Word, report: Report) -> None:
    """Two columns: above and issuer with number on the left, country, motto, place and day on the right."""
    left, right = _columns(word, LEFT, RIGHT)
    if report.head.above:
        write(_centred(left), report.head.above, size=12)
    write(_centred(left), report.head.issuer, size=12, bold=True)
    _short_rule(left, Mm(22))
    number = f" {report.head.number}" if report.head.number else BLANK
    write(_centred(left), f"Số:{number}/{report.head.symbol}", size=13)
    if report.is_letter:
        write(_centred(left), f"V/v {report.title}", size=12)
    write(_centred(right), COUNTRY, size=12, bold=True)
    write(_centred(right), MOTTO, size=13, bold=True)
    _short_rule(right, Mm(19))
    write(_centred(right), f"{report.head.place}, {format_long_day(report.as_of)}", size=13, italic=True)


def write_title(word: Word, kind: str, about: str, summary: str) -> None:
    """Kind of document, what it is about with a line below, and of which period, all centred."""
    for text, style in ((kind, {"bold": True}), (about, {"bold": True})):
        paragraph = _tight(word.add_paragraph())
        write(paragraph, text, size=14, **style)
    line = _tight(word.add_paragraph())
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(60)
    line.paragraph_format.line_spacing = Pt(4)
    rule(line)
    below = _tight(word.add_paragraph())
    below.paragraph_format.space_after = Pt(12)
    write(below, f"({summary})", size=14, italic=True)


def write_to(word: Word, to: str) -> None:
    """The line of a letter that says to whom it goes, centred."""
    paragraph = _tight(word.add_paragraph())
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(12)
    write(paragraph, to, size=14)


def write_mark(word: Word) -> None:
    """Say above the title that the data is made up."""
    paragraph = _tight(word.add_paragraph())
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(8)
    write(paragraph, "[Dữ liệu minh họa]", size=11)


def write_foot(word: Word, report: Report) -> None:
    """Recipients on the left; on the right for whom and as what one signs, with room and without a name."""
    word.add_paragraph().paragraph_format.space_after = Pt(0)
    left, right = _columns(word, Mm(75), Mm(90))
    write(_line(left), "Nơi nhận:", size=12, bold=True, italic=True)
    for recipient in report.head.recipients:
        write(_line(left), f"- {recipient}", size=11)
    if report.head.signs_for:
        write(_centred(right), report.head.signs_for, size=14, bold=True)
    write(_centred(right), report.head.signs_as, size=14, bold=True)
    for _ in range(ROOM_TO_SIGN):
        _centred(right)


def _columns(word: Word, left: Length, right: Length) -> tuple[_Cell, _Cell]:
    """Lay two cells side by side without lines."""
    table = word.add_table(rows=1, cols=2)
    without_borders(table)
    set_widths(table, (left, right))
    first, second = table.rows[0].cells
    return first, second


def _line(cell: _Cell) -> Paragraph:
    """Return the next line of a cell; its first, empty paragraph is used before any is added."""
    used = len(cell.paragraphs) > 1 or bool(cell.paragraphs[0].runs)
    paragraph = cell.add_paragraph() if used else cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1
    return paragraph


def _centred(cell: _Cell) -> Paragraph:
    paragraph = _line(cell)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _tight(paragraph: Paragraph) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _short_rule(cell: _Cell, indent: Length) -> None:
    """Draw the short line under a name, shorter than the cell by the indent on both sides."""
    paragraph = _centred(cell)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    paragraph.paragraph_format.line_spacing = Pt(3)
    paragraph.paragraph_format.space_after = Pt(6)
    rule(paragraph)
