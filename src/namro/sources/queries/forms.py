"""Reads of declared forms, and of the units they are asked of."""

from datetime import date

from django.db.models import Q, QuerySet

from namro.organisation.models import Unit
from namro.organisation.terms import Refused
from namro.sources.models import Form
from namro.sources.terms import COUNTED_MEASURES, FormDef


def forms() -> list[FormDef]:
    """Return the forms in use, by code; one query."""
    return [row.definition for row in Form.objects.filter(is_active=True)]


def form(code: str) -> FormDef:
    """Return a form in use; refuses a code that is none."""
    row = Form.objects.filter(code=code, is_active=True).first()
    if row is None:
        raise Refused(f"Không có biểu «{code}»; hãy chọn biểu trong danh sách.", field="form")
    return row.definition


def asked_units(form: FormDef, day: date) -> QuerySet[Unit]:
    """Return the units that owe the form, in force on the day, in Vietnamese order."""
    inside = Q(path__contains=f"/{form.within}/") if form.within else Q()
    return Unit.objects.valid_on(day).filter(Q(code__in=form.units) | Q(kind__in=form.kinds), inside)


def is_asked(form: FormDef, unit: Unit) -> bool:
    """Whether the form is asked of the unit."""
    inside = not form.within or f"/{form.within}/" in unit.path
    return inside and (unit.code in form.units or unit.kind in form.kinds)


def forms_of_unit(unit: Unit) -> list[FormDef]:
    """Return the forms that the unit owes; one query."""
    return [form for form in forms() if is_asked(form, unit)]


def known_measures() -> dict[str, str]:
    """Return every measure that flows in the house with its label: of the forms in use and of our own tables."""
    found = dict(COUNTED_MEASURES)
    for declared in forms():
        found |= declared.measures
    return found
