"""What the HTML templates are given: blocks with their kind, words as HTML, charts as SVG."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from namro.reports.terms import (
    Block,
    Chart,
    FigureRef,
    Heading,
    Link,
    Note,
    Paragraph,
    Report,
    Run,
    Table,
    Words,
)

Href = Callable[[FigureRef | Link], str]
Draw = Callable[[Chart], str]


def laid_out(report: Report, href: Href, draw: Draw) -> list[dict[str, Any]]:
    """Return the sections with their blocks ready for a template."""
    return [
        {
            "code": section.code,
            "number": section.number,
            "title": section.title,
            "blocks": list(_blocks(section.blocks, href, draw)),
        }
        for section in report.sections
    ]


def words_html(words: Words, href: Href) -> SafeString:
    """Return a line as HTML: every number a link where there is somewhere to go."""
    return format_html_join("", "{}", ((_run(run, href),) for run in words))


def _run(run: Run, href: Href) -> str | SafeString:
    if isinstance(run, str):
        return run
    target = href(run)
    doubt = isinstance(run, FigureRef) and run.in_doubt
    if isinstance(run, FigureRef) and not run.is_known:
        return format_html('<span class="no-data">{}</span>', run.text)
    if not target:
        return format_html('<span class="in-doubt">{}</span>', run.text) if doubt else run.text
    return format_html('<a class="door{}" href="{}">{}</a>', " in-doubt" if doubt else "", target, run.text)


def _blocks(blocks: tuple[Block, ...], href: Href, draw: Draw) -> Iterator[dict[str, Any]]:
    for block in blocks:
        match block:
            case Heading():
                yield {"kind": "heading", "number": block.number, "title": block.title}
            case Paragraph():
                yield {
                    "kind": "item" if block.is_item else "paragraph",
                    "html": words_html(block.words, href),
                }
            case Note():
                yield {
                    "kind": "note",
                    "lead": block.kind == "finding",
                    "html": words_html(block.words, href),
                    "rows": block.rows,
                }
            case Chart():
                yield {"kind": "chart", "chart": block, "svg": mark_safe(draw(block))}  # noqa: S308 - our own drawing
            case Table():
                yield {
                    "kind": "table",
                    "table": block,
                    "rows": [_cells(row, block, href) for row in block.rows],
                }


def _cells(row: tuple[Words, ...], table: Table, href: Href) -> list[dict[str, Any]]:
    return [
        {"html": words_html(cell, href), "column": column}
        for cell, column in zip(row, table.columns, strict=True)
    ]
