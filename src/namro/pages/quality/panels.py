"""A score as its page shows it: groups with their parts, and what raises the total most."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number
from namro.pages.naming import is_english, named
from namro.pages.quality.asked import Asked
from namro.quality.queries import costs_of
from namro.quality.terms import Action, Costs, PartScore, Score

ENGLISH_REASONS = {
    "Không tính ở cấp này": "Not computed at this level",
    "Không tính dưới cấp thành phố (theo cách hiểu đã chọn)": "Not computed below the city (by the chosen reading)",
    "Không có gì để tính trong kỳ (mẫu số bằng 0)": "Nothing to count in the period (denominator 0)",
}


def groups_of(asked: Asked, score: Score) -> list[dict[str, Any]]:
    """Return the groups in their order, each with its parts and what they gave of what applies."""
    found = []
    for group in asked.scheme.groups:
        parts = [each for each in score.parts if each.part.group == group.code]
        applying = [each for each in parts if each.points is not None]
        found.append({
            "name": named(group),
            "points": sum((each.points or Decimal(0) for each in applying), Decimal(0)),
            "most": sum((each.part.most for each in applying), Decimal(0)),
            "whole": group.most,
            "parts": [_part(asked, score, each) for each in parts],
        })  # fmt: skip
    return found


def _part(asked: Asked, score: Score, each: PartScore) -> dict[str, Any]:
    part = each.part
    return {
        "number": part.number, "name": named(part), "how": part.how_en if is_english() else part.how,
        "top": _count(each.count.numerator), "bottom": _count(each.count.denominator), "rate": each.rate,
        "points": each.points, "most": part.most, "lost": each.lost, "why_not": _reason(each.why_not),
        "share": None if each.points is None else each.points * 100 / part.most,
        "full_at": None if each.full_at == 100 else each.full_at, "is_unverified": part.standing == "unverified",
        "url": asked.costs(part.code) if each.applies and each.lost else "",
        "readings": [_reading(asked, score, code) for code in part.readings],
    }  # fmt: skip


def _count(number: Any) -> str:
    return format_number(float(number), None if number.denominator == 1 else 2)


def _reason(why: str) -> str:
    return ENGLISH_REASONS.get(why, why) if is_english() else why


def _reading(asked: Asked, score: Score, code: str) -> str:
    reading = next(each for each, _choice in asked.readings() if each.code == code)
    return f"{named(reading)}: {named(reading.choice(score.readings[code]))}"


def actions_of(asked: Asked, actions: Sequence[Action]) -> list[dict[str, Any]]:
    """Return what raises the total, each with its list of what to mend."""
    return [
        {
            "words": each.part.action_en if is_english() else each.part.action,
            "count": counted(costs_of(each.part, asked.where.readings), each.count),
            "gain": each.gain,
            "url": asked.costs(each.part.code),
        }
        for each in actions
    ]


def counted(costs: Costs, count: int) -> str:
    """Return how many of what: '507 hồ sơ'."""
    number = format_number(count)
    if costs is Costs.DOSSIERS:
        return _("%s hồ sơ") % number
    return _("%s phản ánh") % number if costs is Costs.FEEDBACK else _("%s thủ tục bị trừ") % number
