"""Breakdowns: what they are called, which one leads, and how they stand beside each other."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number
from namro.indicators.terms import Direction, FigureRow, IndicatorDef
from namro.pages.charts.chart import Chart, Table
from namro.pages.charts.options import bars, heights
from namro.pages.naming import named
from namro.sources.queries import forms

RETURNS = "bieu.phai_nop"  # measures of punctuality are broken down by form


def labels_of(definition: IndicatorDef) -> Mapping[str, str]:
    """Return the words of each breakdown: those of the definition, or the forms' titles."""
    if definition.breakdowns:
        return definition.breakdowns
    if RETURNS in definition.measures:
        return {form.code: named(form) for form in forms()}
    return {}


def leading(definition: IndicatorDef, known: Iterable[str]) -> str:
    """Return the breakdown shown first: the whole where there is one, else the first declared that has figures."""
    there = list(known)
    if "" in there or not there:
        return ""
    return next((code for code in definition.breakdowns if code in there), min(there))


def weakest(definition: IndicatorDef, rows: Iterable[FigureRow]) -> FigureRow | None:
    """Return the figure that is worst by the definition's direction; None where none has a value."""
    known = [row for row in rows if row.value is not None]
    pick = max if definition.direction is Direction.DOWN else min
    return pick(known, key=lambda row: row.value or 0, default=None)


def chart_of_parts(
    definition: IndicatorDef, rows: Mapping[str, FigureRow], labels: Mapping[str, str], lit: str
) -> Chart | None:
    """Return level bars of the breakdowns of one unit and period; None where there are fewer than two."""
    codes = [code for code in [*labels, *sorted(set(rows) - set(labels))] if code in rows]
    if len(codes) < 2:
        return None
    names = [labels.get(code, code or _("Tất cả")) for code in codes]
    texts = [rows[code].text(definition) for code in codes]
    draw = partial(
        bars, names, [_value(rows[code], definition) for code in codes],
        unit=definition.unit_of_measure, digits=definition.decimals, lit=labels.get(lit, lit),
    )  # fmt: skip
    alt = ", ".join(f"{name}: {text}" for name, text in zip(names, texts, strict=True))
    counted = [counted_words(rows[code]) for code in codes]
    table = Table([_("Phân tổ"), _("Giá trị"), _("Số đếm")], list(zip(names, texts, counted, strict=True)))
    newest = max(rows[code].as_of for code in codes)
    return Chart("parts", "", alt, draw, table, newest, heights=heights(len(codes)))


def counted_words(row: FigureRow) -> str:
    """Return what a ratio is counted from, '32 / 75'; '' for what is no ratio."""
    if row.numerator is None or row.denominator is None:
        return ""
    return f"{format_number(row.numerator)} / {format_number(row.denominator)}"


def _value(row: FigureRow, definition: IndicatorDef) -> float | None:
    rounded = row.rounded(definition)
    return None if rounded is None else float(rounded)
