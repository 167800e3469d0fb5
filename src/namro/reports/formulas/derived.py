"""Numbers made of two others of the same report: a rate, a difference, what is left."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from namro.ground.numbers import format_number, format_percent, percent, round_half_up
from namro.reports.catalog.figures import FigureDef
from namro.reports.terms import FigureRef

Parts = tuple[FigureRef, FigureRef]


def derive(declared: Mapping[str, FigureDef], read: Mapping[str, FigureRef]) -> dict[str, FigureRef]:
    """Return all figures of a template: those read, and those made of others, which may themselves be made."""
    found = dict(read)
    for key in declared:
        _find(key, declared, found)
    return found


def _find(key: str, declared: Mapping[str, FigureDef], found: dict[str, FigureRef]) -> FigureRef:
    if key not in found:
        definition = declared[key]
        first, second = (_find(part, declared, found) for part in definition.of)
        found[key] = _MAKERS[definition.origin](definition, (first, second))
    return found[key]


def _percent(definition: FigureDef, parts: Parts) -> FigureRef:
    part, whole = parts
    value = percent(part.value, whole.value, definition.decimals or 0)
    text = format_percent(value, definition.decimals or 0)
    how = f"{part.label} ÷ {whole.label} × 100"
    return _made(definition, parts, value, text, unit_of_measure="%", how=how, ratio=True)


def _minus(definition: FigureDef, parts: Parts) -> FigureRef:
    whole, part = parts
    value = None if whole.value is None or part.value is None else whole.value - part.value
    how = f"{whole.label} − {part.label}"
    return _made(
        definition, parts, value, format_number(value), unit_of_measure=whole.unit_of_measure, how=how
    )


def _difference(definition: FigureDef, parts: Parts) -> FigureRef:
    """The distance of two rates is in points, rounded from the rates as they are shown, so that readers can redo it."""
    one, other = parts
    known = one.value is not None and other.value is not None
    value = round_half_up(one.value - other.value, definition.decimals or 0) if known else None  # type: ignore[operator]
    how = f"{one.label} − {other.label}"
    text = format_number(value, definition.decimals or 0)
    return _made(definition, parts, value, text, unit_of_measure="điểm phần trăm", how=how)


def _made(
    definition: FigureDef, parts: Parts, value: Decimal | None, text: str, *, unit_of_measure: str, how: str,
    ratio: bool = False,
) -> FigureRef:  # fmt: skip
    """Return a figure made of two: as late as the later, as doubtful as the more doubtful, opening the first's rows."""
    first, second = parts
    days = [part.as_of for part in parts if part.as_of]
    return FigureRef(
        key=definition.key,
        label=definition.label,
        unit=first.unit,
        unit_name=first.unit_name,
        period=first.period,
        value=value,
        text=text,
        numerator=first.value if ratio else None,
        denominator=second.value if ratio else None,
        as_of=max(days) if days else None,
        source=first.source if first.source == second.source else f"{first.source}; {second.source}",
        source_state="breached" if any(part.in_doubt for part in parts) else first.source_state,
        unit_of_measure=unit_of_measure,
        how=how,
        is_derived=True,
        rows=first.rows,
        definition=first.definition,
    )


_MAKERS: dict[str, Callable[[FigureDef, Parts], FigureRef]] = {
    "percent": _percent,
    "difference": _difference,
    "minus": _minus,
}
