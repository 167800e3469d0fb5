"""The checks of a form: what must hold between its boxes, and against the last period. They find; they never mend."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from namro.ground.numbers import format_number, percent
from namro.sources.terms import Breach, CheckDef, CheckKind, FormDef

Values = Mapping[str, Decimal]

_TEXTS = {
    CheckKind.PARTS_ADD_UP: (
        "Các phần của «{field}» cộng lại được {expected}, "
        "{short_or_over} {difference} so với số tổng đã nêu {stated}."
    ),
    CheckKind.RATE_FOLLOWS: "«{field}» nêu {stated} %, nhưng tính từ số liệu kèm theo chỉ ra {expected} %.",
    CheckKind.RANGE: "«{field}» là {stated}, nằm ngoài khoảng cho phép (giới hạn {expected}).",
    CheckKind.JUMP: "«{field}» là {stated}, thay đổi quá {factor} lần so với kỳ trước ({expected}).",
    CheckKind.NOT_MORE_THAN: "«{field}» là {stated}, lớn hơn «{other}» ({expected}) là {difference}.",
}


def breaches(form: FormDef, values: Values, last: Values | None = None) -> list[Breach]:
    """Return what does not hold in the values of a form; `last` are those of the period before, if any.

    A check over a box that was left empty says nothing.
    """
    found = []
    for check in form.checks:
        if all(code in values for code in check.fields):
            expected = _EXPECTED[check.kind](check, values, last or {})
            if expected is not None:
                found.append(_breach(form, check, values[check.subject], expected))
    return found


def _parts_add_up(check: CheckDef, values: Values, last: Values) -> Decimal | None:
    """Return the sum of the parts where it is not the stated total."""
    total = sum((values[part] for part in check.others), Decimal(0))
    return None if total == values[check.subject] else total


def _rate_follows(check: CheckDef, values: Values, last: Values) -> Decimal | None:
    """Return the rate that the numbers give, at the stated rate's decimals, where it is another."""
    numerator, denominator = check.others
    computed = percent(values[numerator], values[denominator], check.decimals)
    return None if computed is None or computed == values[check.subject] else computed


def _range(check: CheckDef, values: Values, last: Values) -> Decimal | None:
    """Return the bound that is overstepped."""
    stated = values[check.subject]
    if check.minimum is not None and stated < check.minimum:
        return check.minimum
    if check.maximum is not None and stated > check.maximum:
        return check.maximum
    return None


def _jump(check: CheckDef, values: Values, last: Values) -> Decimal | None:
    """Return the last period's value where this one is over `factor` times it, or under one part in `factor`."""
    before, now, factor = last.get(check.subject), values[check.subject], check.factor or Decimal(1)
    if not before or before < 0 or now < 0:
        return None
    return before if now > before * factor or now * factor < before else None


def _not_more_than(check: CheckDef, values: Values, last: Values) -> Decimal | None:
    """Return the limit that is overstepped."""
    limit = values[check.others[0]]
    return limit if values[check.subject] > limit else None


_EXPECTED: dict[CheckKind, Callable[[CheckDef, Values, Values], Decimal | None]] = {
    CheckKind.PARTS_ADD_UP: _parts_add_up,
    CheckKind.RATE_FOLLOWS: _rate_follows,
    CheckKind.RANGE: _range,
    CheckKind.JUMP: _jump,
    CheckKind.NOT_MORE_THAN: _not_more_than,
}


def _breach(form: FormDef, check: CheckDef, stated: Decimal, expected: Decimal) -> Breach:
    difference = stated - expected
    words = {
        "field": form.by_code[check.subject].label,
        "other": form.by_code[check.others[0]].label if check.others else "",
        "stated": format_number(stated),
        "expected": format_number(expected),
        "difference": format_number(abs(difference)),
        "short_or_over": "thiếu" if difference > 0 else "thừa",
        "factor": format_number(check.factor),
    }
    text = (check.text or _TEXTS[check.kind]).format_map(words)
    return Breach(check.code, check.kind, check.fields, stated, expected, difference, text)
