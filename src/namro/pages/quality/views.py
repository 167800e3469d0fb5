"""The units of a month by their points, and one unit's score down to its parts."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.dossiers.queries.today import notice
from namro.ground import clock
from namro.ground.numbers import format_number
from namro.ground.period import Period
from namro.indicators.queries import definitions, latest_by_unit, periods
from namro.organisation.models import Unit
from namro.organisation.terms import COMMUNE_KINDS, PROVINCE_KINDS, Viewer
from namro.pages.links import address
from namro.pages.naming import named, period_words
from namro.pages.quality.asked import Asked, asked_of
from namro.pages.quality.panels import actions_of, groups_of
from namro.pages.viewing import needs, viewer_of
from namro.quality.formulas import best_actions
from namro.quality.queries import mendable, score_of
from namro.quality.terms import NOT_APPLICABLE, Score

INDICATOR = "chat_luong_phuc_vu"


@require_safe
@needs()
def quality(request: HttpRequest) -> HttpResponse:
    """Show the units of a month, the most points first, those of the city's communes and agencies apart."""
    viewer, day = viewer_of(request), clock.today()
    months = periods(INDICATOR, day, limit=12)
    chosen = next((each for each in months if each.key == request.GET.get("thang")), None)
    month = chosen or next(iter(months), None)
    rows = latest_by_unit(viewer, INDICATOR, day, period=month) if month else []
    units = {
        unit.code: unit
        for unit in Unit.objects.filter(code__in=[row.unit_code for row in rows], valid_to=None)
    }
    told = [
        {
            "unit": units[row.unit_code],
            "points": row.value,
            "url": _score(viewer, units[row.unit_code], month),
        }
        for row in sorted(rows, key=lambda row: (-(row.value or Decimal(0)), row.unit_code))
        if row.unit_code in units and row.value is not None and month
    ]
    context = {
        "month": month, "months": [(each.key, period_words(each)) for each in months], "notice_line": notice(),
        "sections": _sections(told), "sentence": _leading(told, month), "definition": _defined(),
        "indicator_url": address("indicator", INDICATOR),
    }  # fmt: skip
    return render(request, "quality/quality.html", context)


def _score(viewer: Viewer, unit: Unit, month: Period | None) -> str:
    return address("quality_score", unit.code, month.key) if month and viewer.sees_unit(unit.pk) else ""


def _sections(told: list[dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The city, its communes, its agencies: peers are ranked among themselves."""
    kinds = (
        (_("Thành phố"), lambda kind: kind in PROVINCE_KINDS),
        (_("Xã, phường, đặc khu"), lambda kind: kind in COMMUNE_KINDS),
        (_("Sở, ban, ngành"), lambda kind: kind not in PROVINCE_KINDS | COMMUNE_KINDS),
    )
    found = [(title, _ranked([row for row in told if holds(row["unit"].kind)])) for title, holds in kinds]
    return [(title, rows) for title, rows in found if rows]


def _ranked(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their ranks: equal points are of one rank, and the next is as many below."""
    above = [row["points"] for row in rows]
    return [row | {"rank": above.index(row["points"]) + 1} for row in rows]


def _leading(told: list[dict[str, Any]], month: Period | None) -> str:
    communes = [row for row in told if row["unit"].kind in COMMUNE_KINDS]
    if month is None or not communes:
        return _("Chưa tháng nào có điểm phục vụ.")
    words = _("%(unit)s đạt nhiều điểm nhất %(month)s: %(points)s trên 100.")
    if len(communes) == 1:
        words = _("%(unit)s đạt %(points)s trên 100 điểm %(month)s.")
    return words % {
        "unit": communes[0]["unit"].name, "month": period_words(month),
        "points": format_number(communes[0]["points"], 2),
    }  # fmt: skip


def _defined() -> str:
    found = next((each for each in definitions() if each.code == INDICATOR), None)
    return found.why if found else ""


@require_safe
@needs()
def quality_score(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Show how a score came about: each part with its counts, points, reading, and what would raise it most."""
    asked = asked_of(request, code, month)
    score = score_of(asked.unit, asked.period, asked.other)
    mended = mendable(score, asked.where)
    context = _frame(asked) | {
        "score": score, "groups": groups_of(asked, score), "sentence": _sentence(asked, score),
        "sub": _sub(asked, score), "actions": actions_of(asked, best_actions(asked.scheme, score, mended)),
    }  # fmt: skip
    return render(request, "quality/score.html", context)


def _frame(asked: Asked) -> dict[str, Any]:
    return {
        "asked": asked, "notice_line": notice(), "period": period_words(asked.period), "unit": asked.unit,
        "crumbs": [(_("Chất lượng phục vụ"), address("quality", thang=asked.period.key)), (asked.unit.name, "")],
        "previous_url": asked.score(asked.period.previous()), "next_url": asked.following(),
        "readings": asked.readings(), "is_other": bool(asked.other), "measured": asked.where.span.cut,
    }  # fmt: skip


def _sentence(asked: Asked, score: Score) -> str:
    if score.total is None:
        return _("%(unit)s không có gì để tính trong %(month)s.") % {
            "unit": asked.unit.name, "month": period_words(asked.period)
        }  # fmt: skip
    worst = max(score.parts, key=lambda each: each.lost)
    return _("%(unit)s đạt %(total)s điểm %(month)s; mất nhiều nhất ở “%(part)s”: %(lost)s điểm.") % {
        "unit": asked.unit.name, "total": format_number(score.total, 2), "month": period_words(asked.period),
        "part": named(worst.part), "lost": format_number(worst.lost, 2),
    }  # fmt: skip


def _sub(asked: Asked, score: Score) -> str:
    """What the total is made of, and what it does with the parts that do not apply."""
    reading = next(reading for reading, _choice in asked.readings() if reading.code == NOT_APPLICABLE)
    return _("%(points)s trên %(applicable)s điểm áp dụng. Phần không áp dụng: %(treatment)s.") % {
        "points": format_number(score.points, 2), "applicable": format_number(score.applicable),
        "treatment": named(reading.choice(score.readings[NOT_APPLICABLE])),
    }  # fmt: skip
