"""What python-docx has no words for: fields, links inside the document, places to link to, lines, widths."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LETTERS = "Times New Roman"


def element(tag: str, /, **attributes: object) -> Any:
    """Return an element such as w:tab with its attributes in the same namespace."""
    made = OxmlElement(tag)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), str(value))
    return made


def write(
    paragraph: Paragraph, text: str, *, size: float = 0, bold: bool = False, italic: bool = False
) -> Run:
    """Append words to a paragraph; size in points, 0 is the style's own."""
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    return run


def field(paragraph: Paragraph, code: str, *, size: float) -> None:
    """Append a field that Word computes, such as PAGE."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            words = element("w:instrText")
            words.text = code
            run._r.append(words)


def link(paragraph: Paragraph, run: Run, *, anchor: str = "", address: str = "") -> None:
    """Make a run lead to a place of the document or to an address; its look stays, as official documents bear none."""
    if anchor:
        made = element("w:hyperlink", anchor=anchor, history=1)
    else:
        relation = paragraph.part.relate_to(
            address,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        made = element("w:hyperlink", history=1)
        made.set(qn("r:id"), relation)
    run._r.addprevious(made)
    made.append(run._r)


def place(paragraph: Paragraph, name: str, number: int) -> None:
    """Give a paragraph a name to which links lead."""
    paragraph._p.insert(
        1 if paragraph._p.pPr is not None else 0, element("w:bookmarkStart", id=number, name=name)
    )
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def rule(paragraph: Paragraph, side: str = "bottom", *, size: int = 6) -> None:
    """Draw a line along a side of a paragraph, its weight in eighths of a point."""
    borders = element("w:pBdr")
    borders.append(element(f"w:{side}", val="single", sz=size, space=1, color="000000"))
    following = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *following)


def set_widths(table: Table, widths: Sequence[Length]) -> None:
    """Set the widths of the columns: in the grid, which LibreOffice reads, and later in each cell, as Word does."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def repeat_on_every_page(row: Any) -> None:
    """Let the heads of a table stand on each page it runs over."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """Keep a row of a table on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def without_borders(table: Any) -> None:
    """Take the lines off a table that only lays things side by side."""
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="nil"))
    table._tbl.tblPr.append(borders)
