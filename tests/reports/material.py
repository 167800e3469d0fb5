"""Small templates and material for the pure part of the reports."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from namro.ground.numbers import format_number
from namro.reports.catalog.templates import TemplateDef, template_of
from namro.reports.terms import FigureRef, FindingRef, Material, Subject, Table, Tier

DAY = date(2025, 7, 9)
HEADS = {"default": {"issuer": "{UNIT}", "symbol": "BC", "place": "{place}", "signs_as": "CHỦ TỊCH"}}


def figure(key: str, value: int | str | None, **more: Any) -> FigureRef:
    """Return a figure; None is no data."""
    number = None if value is None else Decimal(value)
    shared = {"label": key, "unit": "48", "unit_name": "Thành phố Đà Nẵng", "period": "2025-H1", "as_of": DAY}
    return FigureRef(key=key, value=number, text=format_number(number), **(shared | {"source": "mẫu"} | more))


def template(*blocks: Any, sections: list[Any] | None = None, **more: Any) -> TemplateDef:
    """Return a template of one section with the blocks, or of the sections."""
    document = {
        "kind": "BÁO CÁO",
        "title": "Thử",
        "summary": "{period}",
        "opening": "{unit}:",
        "closing": "Hết.",
    }
    return template_of(
        {
            "code": "thu",
            "name": "Thử",
            "version": 1,
            "owner": "TU.VP",
            "next_review": date(2026, 1, 1),
            "period": "half",
            "document": document | {"heads": HEADS},
            "figures": {},
            "sections": sections or [{"code": "mot", "title": "Một", "blocks": list(blocks)}],
            "facts": [],
        }
        | more
    )


def material(
    *figures: FigureRef,
    tier: Tier = Tier.CITY,
    name: str = "Thành phố Đà Nẵng",
    listings: Mapping[str, Table] | None = None,
    findings: tuple[FindingRef, ...] = (),
) -> Material:
    """Return material for a report of a unit on the day of the source documents."""
    kind = {Tier.CITY: "city", Tier.COMMUNE: "ward", Tier.AGENCY: "department"}[tier]
    subject = Subject(
        unit="48", name=name, kind=kind, tier=tier, city="Thành phố Đà Nẵng", short_name=name, as_of=DAY,
        period="2025-H1", period_label="6 tháng đầu năm 2025",
    )  # fmt: skip
    return Material(subject, {each.key: each for each in figures}, listings or {}, findings)


def finding(fact: str = "", text: str = "Không khớp.") -> FindingRef:
    """Return a finding of the reported period."""
    return FindingRef(
        fact=fact, check="parts_add_up", code="cong_lai", form="so_hoa", unit="H17.NV", unit_name="Sở Nội vụ",
        period="2025-H1", stated=Decimal(10), expected=Decimal(9), difference=Decimal(1), text=text, as_of=DAY,
    )  # fmt: skip
