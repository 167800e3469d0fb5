"""What the page of one alert is composed of: its value against the thresholds, its history, its urges."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namro.alerts.models import Deed, Flip, Urge
from namro.alerts.queries import AlertFile
from namro.alerts.terms import Kind, RuleDef, Step
from namro.delivery.terms import Level
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.indicators.queries import definitions
from namro.pages.alerts.rows import TONES
from namro.pages.naming import named

DAYS, WORKING_DAYS, PERCENT = gettext_lazy("ngày"), gettext_lazy("ngày làm việc"), "%"
# What the value of a kind counts.
MEASURES: dict[Kind, Any] = {
    Kind.TASK_DUE_SOON: WORKING_DAYS,
    Kind.TASK_OVERDUE: DAYS,
    Kind.TASK_AT_RISK: gettext_lazy("điểm phần trăm"),
    Kind.TASK_NO_PROGRESS: DAYS,
    Kind.TASK_EVIDENCE_MISSING: PERCENT,
    Kind.EXTENSION_UNANSWERED: WORKING_DAYS,
    Kind.FORM_LATE: DAYS,
    Kind.REPORT_LATE: DAYS,
    Kind.CHECK_BREACHED: DAYS,
    Kind.FIGURE_OFF_TRAJECTORY: PERCENT,
    Kind.FIGURE_JUMPED: PERCENT,
    Kind.SOURCE_STALE: DAYS,
    Kind.FIGURE_CHANGED: PERCENT,
    Kind.FIGURE_OUTLIER: gettext_lazy("lần độ lệch thường gặp"),
    Kind.FIGURE_FORECAST: DAYS,
    Kind.FIGURE_BURN: gettext_lazy("lần thời gian"),
    Kind.FIGURE_SPREAD: gettext_lazy("nơi giáp ranh"),
    Kind.FIGURE_SILENT: gettext_lazy("kỳ"),
    Kind.FEED_SILENT: DAYS,
    Kind.FEED_FAILED: gettext_lazy("lô"),
    Kind.FEED_ROWS_HELD: gettext_lazy("dòng"),
}


def crumbs(file: AlertFile) -> list[tuple[str, str]]:
    """The way to the alert."""
    rule = reverse("alert_rule", args=[file.alert.rule.code])
    return [(_("Cảnh báo"), reverse("alerts")), (named(file.alert.rule), rule), (file.alert.unit.label, "")]


def value_of(file: AlertFile, units: Mapping[str, str]) -> str:
    """The value with its measure, whole where it is whole: «6 ngày»."""
    return f"{_shown(file.alert.value)} {measure_of(file.rule, units)}".strip()


def units_of_measure() -> dict[str, str]:
    """What each indicator is measured in; one query."""
    return {each.code: each.unit_of_measure for each in definitions()}


def measure_of(rule: RuleDef, units: Mapping[str, str]) -> str:
    """What the values of a rule count: that of its kind, else what its indicator is measured in."""
    return str(MEASURES.get(rule.kind) or units.get(rule.indicator, ""))


def _shown(value: Decimal) -> str:
    return format_number(value, 0 if value == value.to_integral_value() else 1)


def thresholds_of(rule: RuleDef, units: Mapping[str, str]) -> list[dict[str, str]]:
    """The thresholds from the lightest level up, as words with their tone; `units` are those of the indicators."""
    sign = "≤" if rule.worse == "down" else "≥"
    measure = measure_of(rule, units)
    return [
        {
            "level": str(level.label),
            "words": f"{sign} {_shown(value)} {measure}".strip(),
            "tone": TONES[level],
        }
        for level, value in sorted(rule.thresholds.items())
    ]


def history_of(file: AlertFile) -> list[dict[str, Any]]:
    """Flips and deeds together, the newest first, as the history component shows them."""
    lines = [_flip(flip) for flip in file.flips] + [_deed(deed) for deed in file.deeds]
    return sorted(lines, key=lambda line: line["at"], reverse=True)


def _flip(flip: Flip) -> dict[str, Any]:
    value = format_number(flip.value, 0 if flip.value == flip.value.to_integral_value() else 1)
    after = Level(flip.after)
    if not flip.after:
        what, tone = _("Cảnh báo hết"), "ok"
    elif not flip.before:
        what, tone = _("Mở ở mức %(level)s") % {"level": after.label}, TONES[after]
    else:
        told = {"before": Level(flip.before).label, "after": after.label}
        what, tone = _("Từ %(before)s sang %(after)s") % told, TONES[after]
    return {"at": flip.at, "who": "", "what": what, "detail": _("giá trị %(n)s") % {"n": value}, "tone": tone}


def _deed(deed: Deed) -> dict[str, Any]:
    parts = [
        str(deed.owner) if deed.owner_id and deed.owner_id != deed.by_id else "",
        _("đến %(day)s") % {"day": format_day(deed.until)} if deed.until else "",
        deed.note,
    ]
    detail = " · ".join(part for part in parts if part)
    return {
        "at": deed.at,
        "who": str(deed.by),
        "what": str(deed.get_verb_display()),
        "detail": detail,
        "tone": "",
    }


def urge_line(urge: Urge) -> dict[str, Any]:
    """One urge: when, by whom and on which ground, to which step, its words, and its answer."""
    answered = ""
    if urge.answered_at is not None:
        who = str(urge.answered_by) if urge.answered_by else ""
        answered = " · ".join(part for part in (who, urge.answer) if part)
    return {
        "at": urge.at,
        "who": str(urge.by) if urge.by else _("theo quy tắc"),
        "what": _("Đôn đốc %(step)s") % {"step": str(Step(urge.step).label).lower()},
        "detail": " · ".join(part for part in (urge.ground, urge.words) if part),
        "tone": "ok" if answered else "risk",
        "answered": answered,
        "is_open": urge.answered_at is None,
    }
