"""The parts of the page of one unit: tallies, worst tasks, figures, forms, people."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import pgettext

from namro.ground.period import Period
from namro.indicators.queries import definitions, figures_of_unit
from namro.indicators.terms import FigureRow, IndicatorDef
from namro.organisation.models import Unit
from namro.organisation.queries import ancestors_of, posts_in
from namro.organisation.terms import Capability, Viewer
from namro.pages.alerts.tile import tile
from namro.pages.asof import AsOf
from namro.pages.home.deciding import overdue
from namro.pages.links import address, tasks_of, unit_page
from namro.pages.naming import named, period_words
from namro.sources.queries import due_forms
from namro.sources.terms import ReturnState, SourceState
from namro.tasks.models import Register
from namro.tasks.queries import Counts, counts_by_register

TONES = {
    ReturnState.ON_TIME: "ok",
    ReturnState.LATE: "late",
    ReturnState.WAITING: "wait",
    ReturnState.MISSING: "over",
}


def tallies(viewer: Viewer, unit: Unit, as_of: AsOf) -> list[dict[str, Any]]:
    """Return one tally a register in which the unit or those below it lead tasks."""
    registers = list(Register.objects.all())
    ids = [register.pk for register in registers]
    counts = counts_by_register(viewer, as_of.day, tops=[unit.pk], register_ids=ids)
    return [
        {
            "title": register.short_name,
            "counts": asdict(counts.get(register.pk, Counts())),
            "href": tasks_of(viewer, unit, as_of, register=register.code),
        }
        for register in registers
        if register.pk in counts
    ]


@dataclass(frozen=True)
class FigureLine:
    """The last figure of an indicator of the unit, in words, with its day, its state and the door to its definition."""

    name: str
    text: str
    period: str
    as_of: date
    state: str
    tone: str
    href: str


STATE_TONES = {"fresh": "ok", "late": "late", "missing": "none", "breached": "finding"}


def figures(viewer: Viewer, unit: Unit, as_of: AsOf) -> list[FigureLine]:
    """Return the last figures of the unit in the order of the definitions; two queries."""
    rows = {row.indicator: row for row in figures_of_unit(viewer, unit, as_of.day) if not row.breakdown}
    found = [(definition, rows[definition.code]) for definition in definitions() if definition.code in rows]
    return [_figure(definition, row, unit, as_of) for definition, row in found]


def _figure(definition: IndicatorDef, row: FigureRow, unit: Unit, as_of: AsOf) -> FigureLine:
    href = address("indicator", definition.code, don_vi=unit.code, **as_of.query)
    tone = STATE_TONES.get(row.source_state, "none")
    state = str(SourceState(row.source_state).label)
    return FigureLine(
        named(definition),
        row.text(definition),
        period_words(Period.parse(row.period)),
        row.as_of,
        state,
        tone,
        href,
    )


def returns(viewer: Viewer, unit: Unit, as_of: AsOf) -> list[dict[str, Any]]:
    """Return the forms that the unit owes, the longest overdue first."""
    return [
        {
            "title": named(owed.form),
            "period": period_words(owed.period),
            "due": owed.due,
            "state": owed.state.label,
            "tone": TONES[owed.state],
            "href": address("form", owed.form.code, owed.period.key, unit.code),
        }
        for owed in due_forms(viewer, as_of.day, unit=unit)
    ]


def of_unit(viewer: Viewer, unit: Unit, as_of: AsOf) -> dict[str, Any]:
    """Return what only those see who may see the unit's rows: worst tasks, forms; and its people."""
    sees = viewer.sees_unit(unit.pk)
    return {
        "sees": sees,
        "late": overdue(viewer, as_of, unit.pk, most=8) if sees else [],
        "returns": returns(viewer, unit, as_of) if sees else [],
        "alerts": tile(viewer, unit) if sees and not as_of.is_past else None,
        "posts": list(posts_in(unit, as_of.day)),
        "may_administer": viewer.can(Capability.ADMINISTER),
        "all_late": tasks_of(viewer, unit, as_of, state="overdue"),
    }


def crumbs(unit: Unit, as_of: AsOf) -> list[tuple[str, str]]:
    """Return the way to the unit from the list of units."""
    above = [(each.label, unit_page(each, as_of)) for each in ancestors_of(unit)]
    return [(pgettext("mục", "Đơn vị"), address("units", **as_of.query)), *above]
