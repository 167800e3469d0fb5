"""The part `compare` of a rule over figures: which keys its kind has, which it needs, and what may stand under them."""

from collections.abc import Mapping
from typing import Any

from namro.alerts.terms import SIGN_KINDS, Comparison, Kind, Second, Side, Worse
from namro.ground.period import Kind as PeriodKind
from namro.indicators.terms import Against
from namro.sources.catalog.reading import Entry, Reading

FRAMES = ("month", "quarter", "year")
# A line through fewer periods is none, and a longer one no longer tells where things go now.
SHORTEST, LONGEST = 4, 31
_KEYS: Mapping[Kind, tuple[str, ...]] = {
    Kind.FIGURE_THRESHOLD: ("least",),
    Kind.FIGURE_CHANGED: ("against", "last", "side", "floor", "least"),
    Kind.FIGURE_OUTLIER: ("side", "floor", "least"),
    Kind.FIGURE_FORECAST: ("last", "limit", "side", "least"),
    Kind.FIGURES_TOGETHER: ("with", "least"),
    Kind.FIGURE_BURN: ("frame", "limit", "side", "least"),
    Kind.FIGURE_SPREAD: ("limit", "side", "least"),
    Kind.FIGURE_SILENT: (),
}
_NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.FIGURE_CHANGED: ("against",),
    Kind.FIGURE_FORECAST: ("last", "limit"),
    Kind.FIGURES_TOGETHER: ("with",),
    Kind.FIGURE_BURN: ("frame", "limit"),
    Kind.FIGURE_SPREAD: ("limit",),
}
_BOTH_SIDED = (Kind.FIGURE_CHANGED, Kind.FIGURE_OUTLIER)
_AS_THEY_ARE = (Kind.FIGURE_THRESHOLD, Kind.FIGURES_TOGETHER)


def comparison_of(entry: Entry | None) -> Comparison | None:
    """Return the comparison of a checked entry, None for a rule that makes none."""
    if not entry:
        return None
    second = entry.get("with")
    return Comparison(
        period=PeriodKind(entry["period"]),
        side=Side(entry.get("side", Side.UP)),
        last=int(entry.get("last", 1)),
        against=Against(entry.get("against", Against.PREVIOUS)),
        limit=_number(entry, "limit"),
        floor=_number(entry, "floor"),
        least=_number(entry, "least"),
        frame=entry.get("frame", ""),
        second=_second(second) if second else None,
    )


def _second(entry: Entry) -> Second:
    return Second(entry["indicator"], _number(entry, "at_least"), _number(entry, "at_most"))


def _number(entry: Entry, key: str) -> float | None:
    return None if entry.get(key) is None else float(entry[key])


def check_comparison(
    reading: Reading, entry: Entry, indicators: frozenset[str], periods: Mapping[str, frozenset[str]]
) -> None:
    """Keep a fault for each thing that the kind of the rule has not, needs, or cannot use.

    `periods` are the kinds of period of which each indicator has figures.
    """
    kind, compare = Kind(entry["kind"]), entry.get("compare")
    if kind not in SIGN_KINDS:
        if compare is not None:
            reading.fault(entry, f"loại quy tắc «{kind}» không có «compare»")
        return
    if not isinstance(compare, dict):
        reading.fault(entry, f"loại quy tắc «{kind}» phải có «compare», là một bảng khoá: giá trị")
        return
    reading.only(compare, "period", *_KEYS[kind])
    if not reading.need(compare, "period", *_NEEDED.get(kind, ())):
        return
    _check_words(reading, compare, kind)
    _check_numbers(reading, compare, kind)
    _check_second(reading, compare, indicators)
    _check_periods(reading, entry, compare, periods)
    _check_worse(reading, entry, kind)


def _check_words(reading: Reading, compare: Entry, kind: Kind) -> None:
    allowed: dict[str, Any] = {
        "period": [each.value for each in PeriodKind],
        "against": [each.value for each in Against],
        "frame": FRAMES,
        "side": [side for side in Side.values if side != Side.BOTH or kind in _BOTH_SIDED],
    }
    for key in allowed.keys() & compare.keys():
        reading.need_one_of(compare, key, allowed[key])
    if (compare.get("against"), compare["period"]) == (Against.LAST_YEAR, PeriodKind.DAY):
        reading.fault(compare, "một ngày không so với cùng ngày năm trước: thứ trong tuần khác nhau")


def _check_numbers(reading: Reading, compare: Entry, kind: Kind) -> None:
    for key in ("limit", "floor", "least"):
        if key in compare and not isinstance(compare[key], int | float):
            reading.fault(compare, f"«{key}» phải là số")
    least = SHORTEST if kind is Kind.FIGURE_FORECAST else 1
    last = compare.get("last", least)
    if not isinstance(last, int) or not least <= last <= LONGEST:
        reading.fault(compare, f"«last» là số kỳ, từ {least} đến {LONGEST}")
    if kind is Kind.FIGURE_BURN and not _is_positive(compare["limit"]):
        reading.fault(compare, "«limit» của hạn mức phải lớn hơn 0")


def _is_positive(value: Any) -> bool:
    return isinstance(value, int | float) and value > 0


def _check_second(reading: Reading, compare: Entry, indicators: frozenset[str]) -> None:
    second = compare.get("with")
    if second is None:
        return
    if not isinstance(second, dict):
        reading.fault(compare, "«with» phải là một bảng khoá: giá trị")
        return
    reading.only(second, "indicator", "at_least", "at_most")
    if second.get("indicator") not in indicators:
        reading.fault(second, f"«indicator» là «{second.get('indicator')}», không có mã này")
    if "at_least" not in second and "at_most" not in second:
        reading.fault(second, "phải có «at_least» hoặc «at_most»")
    for key in ("at_least", "at_most"):
        if key in second and not isinstance(second[key], int | float):
            reading.fault(second, f"«{key}» phải là số")


def _check_periods(
    reading: Reading, entry: Entry, compare: Entry, periods: Mapping[str, frozenset[str]]
) -> None:
    second = compare.get("with")
    asked = [entry.get("look"), second if isinstance(second, dict) else None]
    for code in (str(each.get("indicator")) for each in asked if isinstance(each, dict)):
        if code in periods and compare["period"] not in periods[code]:
            reading.fault(compare, f"chỉ tiêu «{code}» không có số liệu theo kỳ «{compare['period']}»")


def _check_worse(reading: Reading, entry: Entry, kind: Kind) -> None:
    """Levels of a forecast are days until it comes; those of what is compared grow with how bad it is."""
    worse = entry.get("worse", Worse.UP)
    if kind is Kind.FIGURE_FORECAST and worse != Worse.DOWN:
        reading.fault(
            entry, "dự báo đo bằng số ngày còn lại: phải có «worse: down», ngưỡng giảm dần về critical"
        )
    if kind is not Kind.FIGURE_FORECAST and kind not in _AS_THEY_ARE and worse != Worse.UP:
        reading.fault(
            entry,
            "chiều xấu của số liệu ghi ở «compare: {side: down}»; «worse» chỉ dùng cho ngưỡng trực tiếp",
        )
