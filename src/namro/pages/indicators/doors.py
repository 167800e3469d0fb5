"""The way down from a figure: to the returns that were sent, or to the tasks that were counted."""

from dataclasses import dataclass

from django.db.models import Q

from namro.indicators.terms import FigureRow, IndicatorDef, Part
from namro.organisation.models import Unit
from namro.pages.indicators.asked import Asked
from namro.pages.links import address, tasks_of
from namro.sources.queries import forms, is_asked
from namro.sources.terms import COUNTED_MEASURES, FormDef

# What each count of tasks is called in the list of tasks.
TASK_STATES = {
    "nhiem_vu.tong": "",
    "nhiem_vu.xong": "done",
    "nhiem_vu.xong_dung_han": "done_on_time",
    "nhiem_vu.qua_han": "overdue",
    "nhiem_vu.dang_lam": "open",
}


@dataclass(frozen=True)
class Door:
    """A measure behind a figure: its role, what it counts, and the rows it was counted from ('' where none may open)."""

    part: Part
    label: str
    source: str
    href: str


def doors(
    asked: Asked, definition: IndicatorDef, unit: Unit, row: FigureRow | None, breakdown: str
) -> list[Door]:
    """Return what the figure of a unit is made of; at most two queries."""
    declared = (
        {form.code: form for form in forms()}
        if any(m.startswith("bieu.") for m in definition.measures)
        else {}
    )
    terms = [term for term in definition.terms if term.breakdown in (None, breakdown)]
    found = [
        _door(asked, declared, unit, row, breakdown, term.part, term.measure)
        for term in terms or definition.terms
    ]
    return list(dict.fromkeys(found))


def _door(
    asked: Asked, declared: dict[str, FormDef], unit: Unit, row: FigureRow | None, breakdown: str, part: Part, measure: str
) -> Door:  # fmt: skip
    domain, *names = measure.split(".")
    if domain != "bieu":
        href = tasks_of(
            asked.viewer, unit, asked.as_of, register=breakdown, state=TASK_STATES.get(measure, "")
        )
        return Door(part, COUNTED_MEASURES[measure], "", href)
    if len(names) == 1:
        form = declared.get(breakdown)
        return Door(
            part, COUNTED_MEASURES[measure], form.title if form else "", _returns(asked, form, unit, row)
        )
    form = declared.get(names[0])
    label = form.measures.get(measure, measure) if form else measure
    return Door(part, label, form.title if form else "", _returns(asked, form, unit, row))


def _returns(asked: Asked, form: FormDef | None, unit: Unit, row: FigureRow | None) -> str:
    """Return the one return behind a figure, or the list of the returns that it adds up."""
    if form is None or row is None:
        return ""
    sender = _sender(form, unit)
    if sender is None:
        return address("form_returns", form.code, ky=row.period, **asked.as_of.query)
    if not asked.viewer.sees_unit(sender.pk):
        return ""
    return address("form", form.code, row.period, sender.code, **asked.as_of.query)


def _sender(form: FormDef, unit: Unit) -> Unit | None:
    """Return the one unit that sends the form about this unit, None where the figure adds up the returns of many."""
    if is_asked(form, unit):
        return unit
    if form.about == unit.code and len(form.units) == 1:
        return Unit.objects.filter(Q(code=form.units[0]), valid_to=None).first()
    return None
