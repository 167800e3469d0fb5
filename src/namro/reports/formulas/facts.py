"""Facts: the figures under the ids and keys by which the source documents are held."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from namro.reports.catalog.figures import FigureDef, is_figure
from namro.reports.catalog.templates import TemplateDef
from namro.reports.terms import FigureRef


def facts_of(template: TemplateDef, figures: Mapping[str, FigureRef]) -> dict[str, dict[str, object]]:
    """Return the facts of which something is known, each with its day; a fact not yet known is not there."""
    told = {fact: _fact(fact, keys, figures) for fact, keys in template.facts.items()}
    return {fact: values for fact, values in told.items() if values}


def _fact(
    fact: str, keys: tuple[Mapping[str, Any], ...], figures: Mapping[str, FigureRef]
) -> dict[str, object]:
    """Return the keys of a fact in their order: labels, and the numbers that are known; nothing without a number."""
    told: dict[str, object] = {}
    days = []
    for spec in keys:
        figure = figures[f"{fact}.{spec['key']}"] if is_figure(spec) else None
        if figure is None:
            told[spec["key"]] = spec["text"]
        elif figure.is_known:
            told[spec["key"]] = number_of(figure)
            days += [figure.as_of] if figure.as_of else []
    return {"as_of": max(days).isoformat()} | told if days else {}


def number_of(figure: FigureRef) -> int | float | bool | None:
    """Return a value as JSON holds it: yes or no, a whole number, or a decimal as it is shown."""
    if figure.value is None:
        return None
    if figure.unit_of_measure == "yes_no":
        return bool(figure.value)
    return plain_number(figure.value)


def plain_number(value: Decimal) -> int | float:
    """Return 75 for 75 and 42.7 for 42.7."""
    return int(value) if value == value.to_integral_value() else float(value)


def fact_behind(template: TemplateDef, form: str, boxes: list[str]) -> str:
    """Return the fact that was stated in one of the boxes of a form, '' if it is none of the template's."""
    stated = (key for key, definition in template.figures.items() if _is_stated(definition, form, boxes))
    return next((fact for key in stated if (fact := key.partition(".")[0]) in template.facts), "")


def _is_stated(definition: FigureDef, form: str, boxes: list[str]) -> bool:
    return definition.origin == "form" and definition.code == form and definition.box in boxes


def iso(day: date | None) -> str | None:
    """Return a day as JSON holds it."""
    return day.isoformat() if day else None
