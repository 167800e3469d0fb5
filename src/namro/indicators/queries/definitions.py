"""Reads of declared indicators."""

from collections.abc import Iterable

from namro.indicators.models import Definition
from namro.indicators.terms import IndicatorDef
from namro.organisation.terms import Refused


def definitions() -> list[IndicatorDef]:
    """Return the indicators in use, by group and code; one query."""
    found = [row.definition for row in Definition.objects.filter(is_active=True)]
    return sorted(found, key=lambda definition: (definition.group, definition.code))


def definitions_of(codes: Iterable[str]) -> dict[str, IndicatorDef]:
    """Return the indicators of these codes that are in use, by code; one query."""
    rows = Definition.objects.filter(is_active=True, code__in=set(codes))
    return {row.code: row.definition for row in rows}


def find_definition(code: str) -> IndicatorDef | None:
    """Return an indicator, in use or not any more; None if there was never one of that code."""
    row = Definition.objects.filter(code=code).first()
    return row.definition if row else None


def definition(code: str) -> IndicatorDef:
    """Return an indicator; refuses a code that is none."""
    found = find_definition(code)
    if found is None:
        raise Refused(f"Không có chỉ tiêu «{code}»; hãy chọn chỉ tiêu trong danh sách.", field="indicator")
    return found
