"""Indicators as packages declare them, an index of two, and figures that units state."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.builders import TODAY

from namro.indicators.actions import load_definitions, store_figures
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.catalog.indices import filled
from namro.indicators.terms import Computed

KNOWN = date(2025, 7, 5)
# A whole one, by itself.
ENTRY = {
    "code": "ty_le",
    "name": "Tỷ lệ",
    "name_en": "Rate",
    "group": "nhom",
    "kind": "ratio",
    "numerator": "bieu.a.x",
    "denominator": "bieu.a.y",
    "unit_of_measure": "%",
    "decimals": 1,
    "direction": "up",
    "adds_up": "ratio_of_sums",
    "periods": ["month"],
    "lights": {"green": 80, "amber": 40},
    "owner": "48",
    "why": "Để biết.",
    "next_review": date(2026, 6, 30),
    "version": 1,
    "source": "Biểu",
}
# What others have in common; of months, units state them.
ABOUT = {
    "name_en": "", "group": "so_hoa", "theme": "Số hóa", "direction": "up", "owner": "TU.VP", "why": "Để biết.",
    "next_review": date(2026, 6, 30), "version": 2, "source": "Biểu của xã", "decimals": 1, "unit_of_measure": "%",
}  # fmt: skip
STATED = ABOUT | {"kind": "stated", "value": "bieu.mau.so", "adds_up": "none", "periods": ["month"]}
ON_TIME = STATED | {"code": "ty_le_dung_han", "name": "Hồ sơ đúng hạn"}
WAIT = STATED | {"code": "phut_cho", "name": "Phút chờ", "direction": "down", "unit_of_measure": "phút"}
INDEX: dict[str, Any] = {
    "code": "phuc_vu", "version": 1, "name": "Phục vụ", "name_en": "Service", "group": "mot_cua", "owner": "TU.VP",
    "why": "Để biết.", "next_review": date(2026, 1, 15), "period": "month",
    "missing": {"rule": "leave_out", "at_least": 60}, "lights": {"green": 70, "amber": 50},
    "parts": [
        {"indicator": "ty_le_dung_han", "weight": 60, "normalise": {"by": "target", "zero": 50, "full": 100}},
        {"indicator": "phut_cho", "weight": 40, "normalise": {"by": "min_max"}},
    ],
}  # fmt: skip


def stated(indicator: str, unit: str, period: str, value: str | None, **more: Any) -> Computed:
    """Return a figure that a unit states."""
    return Computed(**({
        "indicator": indicator, "unit": unit, "period": period, "breakdown": "", "numerator": None,
        "denominator": None, "below": None, "as_of": KNOWN, "source": "Mẫu", "source_state": "fresh", "version": 2,
        "value": None if value is None else Decimal(value), "synthetic": True,
    } | more))  # fmt: skip


def store_index(parts: list[dict[str, Any]], values: dict[str, dict[str, tuple[str, str]]]) -> None:
    """Store the index, the indicators that are its parts, and what units stated of them in May and in June."""
    whole = filled(INDEX, {each["code"]: definition_of(each) for each in parts})
    load_definitions([(definition_of(each), each) for each in (*parts, whole)], package="mau")
    rows = [
        stated(indicator, unit, period, value)
        for indicator, units in values.items()
        for unit, two in units.items()
        for period, value in zip(("2025-05", "2025-06"), two, strict=True)
    ]
    store_figures(rows, day=TODAY)
