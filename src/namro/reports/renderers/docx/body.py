"""The body: sections with their paragraphs, tables, charts and notes; numbers lead to their line in the annex."""

from dataclasses import dataclass
from io import BytesIO

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Line

from namro.ground.days import format_day
from namro.reports.renderers.addresses import Address, rows_of
from namro.reports.renderers.docx.parts import link, rule, write
from namro.reports.renderers.docx.tables import write_table
from namro.reports.terms import (
    Block,
    Chart,
    FigureRef,
    Heading,
    Link,
    Note,
    Paragraph,
    Pictures,
    Report,
    Table,
    Words,
)

SET_IN = Mm(10)


@dataclass(frozen=True)
class Writer:
    """What the body is written with: the document, the drawing of charts, and where numbers lead."""

    word: Word
    pictures: Pictures
    places: dict[str, str]
    address: Address

    def write_sections(self, report: Report) -> None:
        """Write every section, under its number where it has a title."""
        for section in report.sections:
            if section.title:
                title = self.word.add_paragraph()
                title.paragraph_format.keep_with_next = True
                title.paragraph_format.space_before = Pt(8)
                write(title, f"{section.number}. {section.title.upper()}", bold=True)
            for block in section.blocks:
                self.write_block(block)

    def write_block(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Heading():
                line = self.word.add_paragraph()
                line.paragraph_format.first_line_indent, line.paragraph_format.keep_with_next = SET_IN, True
                write(line, f"{block.number}. {block.title}", bold=True)
            case Paragraph():
                self.write_text(("- ", *block.words) if block.is_item else block.words)
            case Note():
                self._write_note(block)
            case Chart():
                self._write_chart(block)
            case Table():
                self._write_table(block)

    def write_text(self, words: Words) -> None:
        """Write a paragraph, justified, its first line set in."""
        line = self.word.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        line.paragraph_format.first_line_indent = SET_IN
        self.write_words(line, words)

    def write_words(self, line: Line, words: Words, *, size: float = 0, italic: bool = False) -> None:
        """Write runs one after another; a number in doubt bears a star."""
        for run in words:
            if isinstance(run, str):
                write(line, run, size=size, italic=italic)
                continue
            star = "*" if isinstance(run, FigureRef) and run.in_doubt else ""
            written = write(line, f"{run.text}{star}", size=size, italic=italic)
            anchor, address = self._target(run)
            if anchor or address:
                link(line, written, anchor=anchor, address=address)

    def _target(self, run: FigureRef | Link) -> tuple[str, str]:
        """Return the place in the annex, or else the address of the rows."""
        if isinstance(run, Link):
            return "", self.address(run.door)
        place = self.places.get(run.key, "")
        return place, "" if place else rows_of(run, self.address)

    def _write_note(self, note: Note) -> None:
        line = self.word.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        line.paragraph_format.left_indent = SET_IN
        rule(line, "left", size=12)
        if note.kind == "finding":
            write(line, "Số liệu chưa khớp. ", bold=True)
        self.write_words(line, note.words, italic=True)

    def _write_chart(self, chart: Chart) -> None:
        self._caption(f"Biểu đồ {chart.number}. {chart.title}")
        picture = self.word.add_paragraph()
        picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
        picture.paragraph_format.keep_with_next = True
        shape = picture.add_run().add_picture(BytesIO(self.pictures.png(chart)), width=Mm(160))
        shape._inline.docPr.set("descr", chart.alt)
        day = f"; số liệu đến ngày {format_day(chart.as_of)}" if chart.as_of else ""
        self._source(f"Nguồn: {chart.source}{day}.")

    def _write_table(self, table: Table) -> None:
        self._caption(f"Bảng {table.number}. {table.caption}")
        write_table(self.word, table, self.write_words)
        self._source(table.note)  # also the room below the table where there is no note

    def _caption(self, text: str) -> None:
        line = self.word.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(6), Pt(4)
        write(line, text, size=13, bold=True)

    def _source(self, text: str) -> None:
        line = self.word.add_paragraph()
        line.paragraph_format.space_after = Pt(8)
        write(line, text, size=11, italic=True)
