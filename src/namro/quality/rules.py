"""What is decided before anything is counted: which readings hold, where a part applies, where its threshold lies."""

from collections.abc import Mapping
from decimal import Decimal

from namro.quality.terms import (
    READINGS,
    UNSTATED,
    Level,
    Measure,
    Part,
    ReadingRefused,
    Readings,
    Scale,
    Scheme,
)

FULL = Decimal(100)
PUBLICITY = frozenset({Measure.ANNOUNCED_IN_TIME, Measure.PUBLISHED_WHOLE})


def readings_of(scheme: Scheme, asked: Mapping[str, str]) -> dict[str, str]:
    """Return the readings that hold: those of the city with what is asked in their place; ReadingRefused if unknown."""
    for code, choice in asked.items():
        if code not in READINGS:
            raise ReadingRefused(f"Không có cách hiểu «{code}»; chỉ có: {', '.join(READINGS)}.")
        if choice not in READINGS[code]:
            allowed = ", ".join(READINGS[code])
            raise ReadingRefused(f"Cách hiểu «{code}» không có lựa chọn «{choice}»; chỉ có: {allowed}.")
    return {**scheme.chosen, **asked}


def full_at(scheme: Scheme, part: Part, readings: Readings) -> Decimal:
    """Return the rate (per cent) from which on a part gives all its points.

    Where the Decision's table states none, the reading says: in proportion up to 100 %, or the general threshold.
    """
    if part.scale is Scale.LINEAR:
        return FULL
    if part.scale is Scale.THRESHOLD:
        return part.full_at
    reading = "tien_do_quy_doi" if part.measure is Measure.IN_TIME else UNSTATED
    return FULL if readings[reading] == "tuyen_tinh" else scheme.general_threshold


def why_not(part: Part, level: Level, readings: Readings) -> str:
    """Return why a part is not computed at a level; empty where it is."""
    if level not in part.levels:
        return "Không tính ở cấp này"
    kept_out = readings["cong_khai_cap_xa"] == "khong_ap_dung"
    if kept_out and part.measure in PUBLICITY and level is not Level.CITY:
        return "Không tính dưới cấp thành phố (theo cách hiểu đã chọn)"
    return ""
