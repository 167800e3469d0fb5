"""What an indicator says, written from its figures by rules; pure, so that it can be tested."""

from decimal import Decimal

from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.ground.period import Period
from namro.indicators.queries import Standing
from namro.indicators.terms import FigureRow, IndicatorDef
from namro.pages.naming import named, period_words


def headline(
    definition: IndicatorDef, unit: str, row: FigureRow | None, before: FigureRow | None, part: str = ""
) -> str:
    """Return the finding: 'Tỷ lệ nhiệm vụ hoàn thành của Đà Nẵng: 42,7 %, tăng 4,1 điểm.'"""
    subject = (
        _("%(name)s (%(part)s)") % {"name": named(definition), "part": part} if part else named(definition)
    )
    if row is None or row.value is None:
        return _("%(subject)s của %(unit)s: chưa có số liệu.") % {"subject": subject, "unit": unit}
    said = _("%(subject)s của %(unit)s: %(value)s") % {
        "subject": subject, "unit": unit, "value": row.text(definition)
    }  # fmt: skip
    moved = change(definition, row, before)
    return f"{said}, {moved}." if moved else f"{said}."


def change(definition: IndicatorDef, row: FigureRow, before: FigureRow | None) -> str:
    """Return how a figure moved since the one before, '' where there is none to hold it against.

    The difference is taken between the two as they are printed, so that a reader who subtracts finds it.
    """
    now, then = row.rounded(definition), before.rounded(definition) if before else None
    if now is None or then is None:
        return ""
    if now == then:
        return _("không đổi")
    words = difference(definition, abs(now - then))
    return (_("tăng %s") if now > then else _("giảm %s")) % words


def difference(definition: IndicatorDef, amount: Decimal) -> str:
    """Return an amount between two values: '4,1 điểm' between rates, else in the unit of measure."""
    if definition.unit_of_measure == "%":
        return _("%s điểm") % format_number(amount, definition.decimals)
    return definition.show(amount)


def sub(definition: IndicatorDef, row: FigureRow | None, before: FigureRow | None, standing: Standing) -> str:
    """Return what belongs to the finding: of which period, against which, and how far from the target."""
    parts = [_when(row, before) if row else "", against_target(definition, standing)]
    return " ".join(part for part in parts if part)


def _when(row: FigureRow, before: FigureRow | None) -> str:
    label = period_words(Period.parse(row.period))
    if row.value is None:
        return ""
    if before is None or before.value is None:
        return _("Số liệu %s.") % label
    return _("Số liệu %(now)s, so với %(then)s.") % {
        "now": label,
        "then": period_words(Period.parse(before.period)),
    }


def against_target(definition: IndicatorDef, standing: Standing) -> str:
    """Return how the figure stands to where its target should be on the day, '' without a target."""
    target = standing.target
    if target is None:
        return ""
    end, aim = target.final
    goal = _("đích %(value)s vào %(day)s") % {"value": definition.show(aim), "day": format_day(end)}
    if standing.distance is None or standing.expected is None:
        return _("Mục tiêu: %s.") % goal
    expected = definition.show(standing.expected)
    if standing.distance >= 0:
        return _("Đạt tiến độ mục tiêu (đến ngày này cần %(expected)s; %(goal)s).") % {
            "expected": expected, "goal": goal
        }  # fmt: skip
    return _("Chậm hơn mục tiêu %(gap)s (đến ngày này cần %(expected)s; %(goal)s).") % {
        "gap": difference(definition, -standing.distance), "expected": expected, "goal": goal
    }  # fmt: skip


def summary(total: int, *, breached: int, missing: int, behind: int) -> str:
    """Return the first sentence of the list, worst first."""
    parts = [
        _("%s chỉ số có số liệu không khớp") % format_number(breached) if breached else "",
        _("%s chậm mục tiêu") % format_number(behind) if behind else "",
        _("%s chưa có số liệu") % format_number(missing) if missing else "",
    ]
    said = [part for part in parts if part]
    if not total:
        return _("Không có chỉ số nào khớp với điều đang tìm.")
    counted = _("%s chỉ số") % format_number(total)
    return f"{counted}: {', '.join(said)}." if said else _("%s, tất cả đều có số liệu đúng hạn.") % counted
