"""Tables: lines all round, heads repeated on every page, numbers to the right."""

from collections.abc import Callable, Sequence

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from namro.reports.renderers.docx.page import TEXT_WIDTH
from namro.reports.renderers.docx.parts import keep_whole, repeat_on_every_page, set_widths, write
from namro.reports.terms import Column, Table, Words

WriteWords = Callable[..., None]


def write_table(word: Word, table: Table, write_words: WriteWords, *, size: float = 12) -> list[Line]:
    """Write a table over the width of the text; returns the first line of each row, for links to lead to."""
    made = word.add_table(rows=1, cols=len(table.columns))
    made.style, made.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    widths = _widths(table.columns)
    set_widths(made, widths)
    repeat_on_every_page(made.rows[0])
    for cell, column, width in zip(made.rows[0].cells, table.columns, widths, strict=True):
        line = _line(cell, width)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(line, column.title, size=size, bold=True)
    return [_write_row(made.add_row(), row, table.columns, widths, write_words, size) for row in table.rows]


def _write_row(
    made: object, row: tuple[Words, ...], columns: Sequence[Column], widths: Sequence[Length], write_words: WriteWords,
    size: float,
) -> Line:  # fmt: skip
    keep_whole(made)
    lines = []
    for cell, words, column, width in zip(made.cells, row, columns, widths, strict=True):  # type: ignore[attr-defined]
        line = _line(cell, width)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if column.is_number else WD_ALIGN_PARAGRAPH.LEFT
        write_words(line, words, size=size)
        lines.append(line)
    return lines[0]


def _line(cell: _Cell, width: Length) -> Line:
    cell.width = width
    line = cell.paragraphs[0]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    line.paragraph_format.line_spacing = 1
    return line


def _widths(columns: Sequence[Column]) -> list[Length]:
    whole = sum(column.share for column in columns)
    return [Length(TEXT_WIDTH * column.share // whole) for column in columns]
