"""The figures a template asks for, as known on the day; a constant number of queries whatever their number."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from namro.ground.numbers import NBSP, format_money, format_number, round_half_up
from namro.indicators.models import Figure
from namro.indicators.queries import definitions, targets
from namro.indicators.terms import IndicatorDef, IndicatorKind, Part, TargetDef
from namro.reports.catalog.figures import FigureDef
from namro.reports.catalog.templates import TemplateDef
from namro.reports.terms import Door, FigureRef, Subject, Tier
from namro.sources.queries import known_measures

# Which list of tasks stands behind a measure of the tasks.
STATE_BEHIND = {
    "nhiem_vu.tong": "",
    "nhiem_vu.xong": "done",
    "nhiem_vu.xong_dung_han": "done_on_time",
    "nhiem_vu.qua_han": "overdue",
    "nhiem_vu.dang_lam": "open",
}


def indicator_figures(template: TemplateDef, subject: Subject) -> dict[str, FigureRef]:
    """Return the figures that come from indicators, those of which nothing is known among them; four queries at
    most."""
    asked = [figure for figure in template.figures.values() if figure.origin == "indicator"]
    declared, measures = {definition.code: definition for definition in definitions()}, known_measures()
    codes = {figure.unit or subject.unit for figure in asked}
    newest = _latest({figure.code for figure in asked if not figure.of_period}, codes, subject.as_of)
    of_period = _latest(
        {figure.code for figure in asked if figure.of_period}, codes, subject.as_of, period=subject.period
    )
    found = {}
    for figure in asked:
        unit, definition = figure.unit or subject.unit, declared.get(figure.code)
        rows = of_period if figure.of_period else newest
        row = rows.get((figure.code, unit, figure.breakdown))
        if definition is None or row is None or not is_told_to(subject, unit):
            found[figure.key] = unknown(figure, subject, definition.name if definition else figure.code)
        else:
            found[figure.key] = _of_row(figure, definition, row, subject.as_of, measures)
    return found


def target_figures(template: TemplateDef, subject: Subject) -> dict[str, FigureRef]:
    """Return the figures that are targets in force on the day; two queries."""
    asked = [figure for figure in template.figures.values() if figure.origin == "target"]
    if not asked:
        return {}
    declared = {definition.code: definition for definition in definitions()}
    aims = {(aim.indicator, aim.breakdown): aim for aim in targets(subject.as_of, unit_code=subject.unit)}
    found = {}
    for figure in asked:
        aim = aims.get((figure.code, figure.breakdown))
        found[figure.key] = (
            _of_target(figure, aim, declared[figure.code], subject)
            if aim
            else unknown(figure, subject, figure.code)
        )
    return found


def is_told_to(subject: Subject, unit: str) -> bool:
    """Whether the report of the subject tells figures of a unit: its own, and for the city whatever it names."""
    return unit == subject.unit or subject.tier is Tier.CITY


def unknown(figure: FigureDef, subject: Subject, label: str) -> FigureRef:
    """Return a figure of which nothing is known on the day."""
    return FigureRef(
        key=figure.key,
        label=figure.label or label,
        unit=figure.unit or subject.unit,
        unit_name=subject.name,
        period=subject.period,
        value=None,
        text=format_number(None),
    )


def written(value: Decimal | None, unit_of_measure: str, decimals: int | None = None) -> str:
    """Return a value as a sentence wants it: '42,7 %', '53,7 tỷ đồng', but '1.601': the sentence names the measure."""
    if value is None:
        return format_number(None)
    if unit_of_measure == "yes_no":
        return "có" if value else "không"
    if unit_of_measure == "đồng":
        return format_money(value)
    text = format_number(value, decimals)
    return f"{text}{NBSP}%" if unit_of_measure == "%" else text


def _latest(
    indicators: set[str], units: Iterable[str], day: date, *, period: str = ""
) -> dict[tuple[str, str, str], Figure]:
    """Return the last figure known on the day by indicator, unit and breakdown, or that of a period; one query."""
    if not indicators:
        return {}
    rows = Figure.objects.filter(indicator__in=indicators, unit__code__in=list(units), as_of__lte=day)
    if period:
        rows = rows.filter(period=period)
    key = ("indicator", "unit_id", "breakdown")
    newest = rows.select_related("unit").order_by(*key, "-period_start", "-as_of").distinct(*key)
    return {(row.indicator, row.unit.code, row.breakdown): row for row in newest}


def _of_row(
    figure: FigureDef, definition: IndicatorDef, row: Figure, day: date, measures: Mapping[str, str]
) -> FigureRef:
    value, is_part = _value(figure, definition, row), figure.part is not Part.VALUE
    measure = _unit_of_part(figure, definition) if is_part else definition.unit_of_measure
    is_ratio = definition.kind is IndicatorKind.RATIO and not is_part
    return FigureRef(
        key=figure.key,
        label=figure.label or _label(figure, definition, measures),
        unit=row.unit.code,
        unit_name=row.unit.name,
        period=row.period,
        value=value,
        text=written(value, measure, None if is_part else _decimals(figure, definition)),
        numerator=row.numerator if is_ratio else None,
        denominator=row.denominator if is_ratio else None,
        as_of=row.as_of,
        source=row.source,
        source_state=row.source_state,
        unit_of_measure=measure,
        how=how(figure, definition, measures),
        rows=rows_behind(figure, definition, row.unit.code, day),
        definition=definition_door(definition.code, row.unit.code, day),
    )


def _value(figure: FigureDef, definition: IndicatorDef, row: Figure) -> Decimal | None:
    """Return the part asked for, rounded once from the exact ratio where it is one."""
    if figure.part is not Part.VALUE:
        return row.numerator if figure.part is Part.NUMERATOR else row.denominator
    if definition.kind is IndicatorKind.RATIO:
        ratio = definition.of_parts(row.numerator, row.denominator)
        return None if ratio is None else round_half_up(ratio, _decimals(figure, definition))
    return None if row.value is None else round_half_up(row.value, _decimals(figure, definition))


def _decimals(figure: FigureDef, definition: IndicatorDef) -> int:
    return definition.decimals if figure.decimals is None else figure.decimals


def _label(figure: FigureDef, definition: IndicatorDef, measures: Mapping[str, str]) -> str:
    is_part = figure.part is not Part.VALUE
    name = measures.get(_measure(figure, definition), definition.name) if is_part else definition.name
    told = definition.breakdowns.get(figure.breakdown, "")
    return f"{name} – {told}" if told else name


def _measure(figure: FigureDef, definition: IndicatorDef) -> str:
    """Return the measure that is counted: of a ratio its numerator, unless the denominator is asked for."""
    wanted = Part.DENOMINATOR if figure.part is Part.DENOMINATOR else Part.NUMERATOR
    return next((term.measure for term in definition.terms if term.part is wanted), definition.measures[0])


def _unit_of_part(figure: FigureDef, definition: IndicatorDef) -> str:
    return figure.unit_of_measure or ("nhiệm vụ" if _measure(figure, definition) in STATE_BEHIND else "")


def how(figure: FigureDef, definition: IndicatorDef, measures: Mapping[str, str]) -> str:
    """Return in words how a figure comes about."""
    told = {measure: measures.get(measure, measure) for measure in definition.measures}
    if figure.part is not Part.VALUE:
        return f"Đếm: {told[_measure(figure, definition)]}"
    if definition.kind is IndicatorKind.RATIO:
        parts = {term.part: told[term.measure] for term in definition.terms}
        return f"{parts[Part.NUMERATOR]} ÷ {parts[Part.DENOMINATOR]} × {definition.factor}"
    return "; ".join(dict.fromkeys(told.values()))


def rows_behind(figure: FigureDef, definition: IndicatorDef, unit: str, day: date) -> Door:
    """Return the way to the rows that were counted: the list of tasks, or the indicator by unit."""
    measure = _measure(figure, definition)
    if measure in STATE_BEHIND:
        return tasks_door(figure.breakdown, STATE_BEHIND[measure], unit, day)
    return definition_door(definition.code, unit, day)


def tasks_door(register: str, state: str, unit: str, day: date) -> Door:
    """Return the way to a list of tasks as of the day."""
    asked = {"so": register, "trang_thai": state, "don_vi": unit, "ngay": day.isoformat()}
    return Door("tasks", query=tuple((name, value) for name, value in asked.items() if value))


def definition_door(code: str, unit: str, day: date) -> Door:
    """Return the way to an indicator: what it means and how it stands by unit."""
    return Door("indicator", (code,), (("don_vi", unit), ("ngay", day.isoformat())))


def _of_target(figure: FigureDef, aim: TargetDef, definition: IndicatorDef, subject: Subject) -> FigureRef:
    by, value = aim.final
    return FigureRef(
        key=figure.key,
        label=figure.label or aim.name,
        unit=aim.unit,
        unit_name=subject.name,
        period=f"{by.year}",
        value=value,
        text=written(value, definition.unit_of_measure),
        as_of=aim.set_on,
        source=aim.source,
        unit_of_measure=definition.unit_of_measure,
        how=aim.name,
        rows=definition_door(definition.code, aim.unit, subject.as_of),
        definition=definition_door(definition.code, aim.unit, subject.as_of),
    )
