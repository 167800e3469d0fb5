"""Sentences: the words of a template with its figures put in, each number a FigureRef and never typed."""

from collections.abc import Mapping
from dataclasses import replace
from string import Formatter
from typing import Any

from namro.ground.numbers import format_number
from namro.reports.terms import NO_DATA, FigureRef, Run, Words

Figures = Mapping[str, FigureRef]
Context = Mapping[str, str]


def fill(text: str, figures: Figures, context: Context) -> Words:
    """Return a sentence with its figures; a figure that is not there reads 'chưa có số liệu'."""
    runs: list[Run] = []
    for before, name, form, _ in Formatter().parse(text):
        if before:
            runs.append(before)
        if name is None:
            continue
        if name in context:
            runs.append(context[name])
        else:
            runs.append(_shown(figures[name], form or ""))
    return tuple(runs)


def plain_text(text: str, context: Context) -> str:
    """Return a heading, which names no figures."""
    return text.format_map(dict(context))


def figures_in(words: Words) -> list[FigureRef]:
    """Return the numbers that stand in a line."""
    return [run for run in words if isinstance(run, FigureRef)]


def is_told(words: Words) -> bool:
    """Whether a line has something to say: it names no number, or one that is known."""
    numbers = figures_in(words)
    return not numbers or any(number.is_known for number in numbers)


def sentence(spec: str | Mapping[str, Any], figures: Figures, context: Context) -> Words:
    """Return one sentence of a paragraph; by_sign picks the one that fits a figure, and falls silent without it."""
    if isinstance(spec, str):
        return fill(spec, figures, context)
    chosen = spec["by_sign"]
    value = figures[chosen["of"]].value
    if value is None:
        return ()
    sign = "zero" if value == 0 else "plus" if value > 0 else "minus"
    return fill(chosen.get(sign, ""), figures, context)


def _shown(figure: FigureRef, form: str) -> FigureRef:
    """Return the number as the sentence wants it: `:abs` without its sign, otherwise as it is."""
    if figure.value is None:
        return replace(figure, text=NO_DATA)
    if form == "abs":
        return replace(figure, text=format_number(abs(figure.value)))
    return figure
