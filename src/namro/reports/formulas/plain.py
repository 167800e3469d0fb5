"""The report as plain values: what JSON holds."""

from typing import Any

from namro.reports.formulas.facts import iso, number_of, plain_number
from namro.reports.terms import (
    Chart,
    FigureRef,
    FindingRef,
    Heading,
    Link,
    Paragraph,
    Report,
    Run,
    Section,
    Table,
    Words,
)


def plain(report: Report) -> dict[str, Any]:
    """Return the report as lists and mappings: what it is, its facts, figures, findings and text."""
    return {
        "report": report.template,
        "version": report.version,
        "title": report.title,
        "summary": report.summary,
        "as_of": report.as_of.isoformat(),
        "period": report.period,
        "unit": report.unit,
        "unit_name": report.unit_name,
        "synthetic": report.synthetic,
        "facts": {fact: dict(values) for fact, values in report.facts.items()},
        "figures": [_figure(figure) for figure in report.figures],
        "findings": [_finding(finding) for finding in report.findings],
        "sections": [_section(section) for section in report.sections],
    }


def _figure(figure: FigureRef) -> dict[str, Any]:
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "unit_name": figure.unit_name,
        "period": figure.period,
        "value": number_of(figure),
        "numerator": None if figure.numerator is None else plain_number(figure.numerator),
        "denominator": None if figure.denominator is None else plain_number(figure.denominator),
        "unit_of_measure": figure.unit_of_measure,
        "as_of": iso(figure.as_of),
        "source": figure.source,
        "source_state": figure.source_state,
        "how": figure.how,
        "text": figure.text,
    }


def _finding(finding: FindingRef) -> dict[str, Any]:
    return {
        "fact": finding.fact,
        "check": finding.check,
        "code": finding.code,
        "form": finding.form,
        "unit": finding.unit,
        "unit_name": finding.unit_name,
        "period": finding.period,
        "stated": plain_number(finding.stated),
        "computed": plain_number(finding.expected),
        "difference": plain_number(finding.difference),
        "text": finding.text,
        "as_of": finding.as_of.isoformat(),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "number": section.number,
        "title": section.title,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: object) -> dict[str, Any]:
    if isinstance(block, Table):
        rows = [[said(cell) for cell in row] for row in block.rows]
        return {"table": block.caption, "columns": [column.title for column in block.columns], "rows": rows}
    if isinstance(block, Chart):
        return {"chart": block.title, "text": block.alt}
    if isinstance(block, Heading):
        return {"heading": f"{block.number}. {block.title}"}
    words: Words = block.words  # type: ignore[attr-defined]
    return {"paragraph" if isinstance(block, Paragraph) else "note": said(words)}


def said(words: Words) -> str:
    """Return a line as text."""
    return "".join(_run(run) for run in words)


def _run(run: Run) -> str:
    return run.text if isinstance(run, FigureRef | Link) else run
