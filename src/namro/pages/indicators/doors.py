"""The way down from a figure: to the returns that were sent, or to the tasks that were counted."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from namro.indicators.terms import FigureRow, IndicatorDef, Part, Term
from namro.organisation.models import Unit
from namro.pages.indicators.asked import Asked
from namro.pages.links import address, tasks_of
from namro.pages.naming import named
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
    """A measure behind a figure: its role, what it counts, and the rows it came from ('' where none may open)."""

    part: Part
    label: str
    source: str
    href: str


def doors(asked: Asked, definition: IndicatorDef, row: FigureRow | None, breakdown: str) -> list[Door]:
    """Return what the figure of the unit asked about is made of; at most four queries."""
    from_forms = any(measure.startswith("bieu.") for measure in definition.measures)
    declared = {form.code: form for form in forms()} if from_forms else {}
    behind = Behind(asked, declared, row, breakdown)
    terms = [term for term in definition.terms if term.breakdown in (None, breakdown)]
    return list(dict.fromkeys(behind.door(term) for term in terms or definition.terms))


@dataclass(frozen=True)
class Behind:
    """Where the rows behind one figure are to be found."""

    asked: Asked
    declared: dict[str, FormDef]
    row: FigureRow | None
    breakdown: str

    def door(self, term: Term) -> Door:
        """Return the door of one measure: to tasks, to the register of returns, or to the returns themselves."""
        domain, *names = term.measure.split(".")
        if domain == "canh_bao":
            return Door(term.part, _(COUNTED_MEASURES[term.measure]), "", self._alerts())
        if domain == "chat_luong":
            return Door(term.part, _(COUNTED_MEASURES[term.measure]), "", self._service())
        if domain != "bieu":
            return Door(term.part, _(COUNTED_MEASURES[term.measure]), "", self._tasks(term.measure))
        form = self.declared.get(self.breakdown if len(names) == 1 else names[0])
        return Door(
            term.part, self._label(form, term.measure), named(form) if form else "", self._returns(form)
        )

    def _label(self, form: FormDef | None, measure: str) -> str:
        """Return what the measure counts: the label of the box for this breakdown where several boxes share it."""
        if form is None or measure.count(".") == 1:
            return _(COUNTED_MEASURES.get(measure, measure))
        boxes = [box for box in form.fields if form.measure_of(box) == measure]
        own = [box for box in boxes if box.breakdown == self.breakdown] or boxes
        return named(own[0]) if own else form.measures.get(measure, measure)

    def _alerts(self) -> str:
        """The alerts of the unit, of which those that still stand are shown."""
        return address("alerts", don_vi=self.asked.unit.code, xem="tat-ca")

    def _service(self) -> str:
        """The score of the unit in the period of the figure, where the viewer may open it."""
        asked = self.asked
        if self.row is None or not asked.viewer.sees_unit(asked.unit.pk):
            return ""
        return address("quality_score", asked.unit.code, self.row.period)

    def _tasks(self, measure: str) -> str:
        state = TASK_STATES.get(measure, "")
        return tasks_of(
            self.asked.viewer, self.asked.unit, self.asked.as_of, register=self.breakdown, state=state
        )

    def _returns(self, form: FormDef | None) -> str:
        """Return the one return behind a figure, or the list of the returns that it adds up."""
        if form is None or self.row is None:
            return ""
        sender = _sender(form, self.asked.unit)
        if sender is None:
            return address("form_returns", form.code, ky=self.row.period, **self.asked.as_of.query)
        if not self.asked.viewer.sees_unit(sender.pk):
            return ""
        return address("form", form.code, self.row.period, sender.code, **self.asked.as_of.query)


def _sender(form: FormDef, unit: Unit) -> Unit | None:
    """Return the one unit that sends the form about this unit, None where the figure adds up the returns of many."""
    if is_asked(form, unit):
        return unit
    if form.about == unit.code and len(form.units) == 1:
        return Unit.objects.filter(Q(code=form.units[0]), valid_to=None).first()
    return None
