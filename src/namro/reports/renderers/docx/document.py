"""The document as a whole: head, title, body, foot, and the annex with every figure."""

from io import BytesIO

from namro.ground.days import format_day, format_long_day
from namro.ground.numbers import format_number
from namro.reports.renderers.addresses import Address, anchors
from namro.reports.renderers.docx.body import Writer
from namro.reports.renderers.docx.head import BLANK, write_foot, write_head, write_mark, write_title, write_to
from namro.reports.renderers.docx.page import new_document
from namro.reports.renderers.docx.parts import place
from namro.reports.renderers.docx.tables import write_table
from namro.reports.terms import Column, FigureRef, Pictures, Report, Table, Words

ANNEX_COLUMNS = (
    Column("TT", is_number=True, share=3),
    Column("Số liệu", share=12),
    Column("Giá trị", is_number=True, share=8),
    Column("Đơn vị, kỳ", share=9),
    Column("Đến ngày", share=7),
    Column("Cách tính và nguồn", share=15),
)


def to_docx(report: Report, pictures: Pictures, address: Address) -> bytes:
    """Return the report as a .docx file; each number leads to its line in the annex."""
    word = new_document(report)
    places = {key: name.replace("-", "_") for key, name in anchors(report).items()}
    writer = Writer(word, pictures, places, address)
    write_head(word, report)
    if report.synthetic:
        write_mark(word)
    if report.is_letter:
        write_to(word, report.head.to)
    else:
        write_title(word, report.kind, report.title, report.summary)
    writer.write_text(report.opening)
    writer.write_sections(report)
    writer.write_text(report.closing)
    write_foot(word, report)
    if report.annex:
        _write_annex(writer, report)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _write_annex(writer: Writer, report: Report) -> None:
    """Write every figure with how it comes about and from where, on pages of their own."""
    writer.word.add_page_break()
    day = format_long_day(report.as_of)
    write_title(
        writer.word,
        "PHỤ LỤC",
        "Số liệu trong báo cáo, cách tính và nguồn",
        f"Kèm theo {report.kind.capitalize()} số{BLANK}/{report.head.symbol} {day}",
    )
    rows = tuple(_annex_row(number, figure) for number, figure in enumerate(report.annex, start=1))
    lines = write_table(writer.word, Table("", ANNEX_COLUMNS, rows), writer.write_words, size=10)
    for number, (line, figure) in enumerate(zip(lines, report.annex, strict=True), start=1):
        place(line, writer.places[figure.key], number)
    if report.has_doubts:
        writer.write_text(("Dấu *: số liệu có phép kiểm tra không khớp, xem mục “Số liệu chưa khớp”.",))


def _annex_row(number: int, figure: FigureRef) -> tuple[Words, ...]:
    parts = ""
    if figure.numerator is not None:
        parts = f" ({format_number(figure.numerator)}/{format_number(figure.denominator)})"
    return (
        (str(number),),
        (figure.label,),
        (figure.whole_text + ("*" if figure.in_doubt else ""),),
        (f"{figure.unit_name}, {figure.period_label}",),
        (format_day(figure.as_of) if figure.as_of else "",),
        (f"{figure.how}{parts}. Nguồn: {figure.source}.",),
    )
