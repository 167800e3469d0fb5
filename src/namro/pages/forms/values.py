"""The values of a return as people read and type them."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from namro.ground.numbers import BILLION, NBSP, NO_VALUE, format_money, format_number
from namro.pages.naming import named
from namro.sources.terms import CountKind, FieldDef, FieldType, FormDef

YES = "1"


def criteria(form: FormDef) -> frozenset[str]:
    """Return the boxes whose yes is counted as met: these are criteria with a light, not mere answers."""
    return frozenset(code for count in form.counts if count.kind is CountKind.YES for code in count.of)


def typed(field: FieldDef, value: str | None) -> str:
    """Return a stored value as it is typed into its box; '' for none."""
    if value is None or field.type in (FieldType.TEXT, FieldType.BOOL):
        return value or ""
    return format_number(Decimal(value))


def shown(form: FormDef, field: FieldDef, value: str | None) -> str:
    """Return a stored value as it is read, with its unit of measure; '—' for a box left empty."""
    if value is None:
        return NO_VALUE
    if field.type is FieldType.TEXT:
        return value
    if field.type is FieldType.BOOL:
        return answer(field.code in criteria(form), yes=value == YES)
    number = Decimal(value)
    text = f"{format_number(number)}{NBSP}{field.unit_of_measure}".rstrip(NBSP)
    return (
        f"{text} ({format_money(number)})"
        if field.type is FieldType.MONEY and abs(number) >= BILLION
        else text
    )


def answer(is_criterion: bool, *, yes: bool) -> str:
    """Return the words of a yes/no box."""
    if is_criterion:
        return _("Đạt") if yes else _("Chưa đạt")
    return _("Có") if yes else _("Không")


def light(form: FormDef, field: FieldDef, value: str | None) -> str:
    """Return the tone of a criterion: met, not met, not answered; '' for any other box."""
    if field.code not in criteria(form):
        return ""
    return {None: "none", YES: "ok"}.get(value, "over")


def label(field: FieldDef) -> str:
    """Return the label of a box with its unit of measure: 'Đã chỉnh lý (mét)'."""
    return f"{named(field)} ({field.unit_of_measure})" if field.unit_of_measure else named(field)


def changes(form: FormDef, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return what a correction changed, box by box: '«Đã số hóa»: 1.000 trang → 1.200 trang'."""
    return [
        f"«{named(field)}»: {shown(form, field, before.get(field.code))} → {shown(form, field, after.get(field.code))}"
        for field in form.fields
        if before.get(field.code) != after.get(field.code)
    ]
