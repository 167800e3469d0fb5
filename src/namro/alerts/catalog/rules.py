"""Rules: one YAML file each, read into RuleDef and checked; what is wrong is named with file and line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from string import Formatter
from typing import Any

from namro.alerts.catalog.comparing import check_comparison, comparison_of
from namro.alerts.catalog.insisting import check_insisting, insisting_of, with_usual
from namro.alerts.terms import (
    FEED_KINDS,
    FIGURE_KINDS,
    FORM_KINDS,
    TASK_KINDS,
    Audience,
    Kind,
    RuleDef,
    Urging,
    Worse,
)
from namro.delivery.terms import Level
from namro.ground.reviewed import LINE
from namro.organisation.terms import UnitKind
from namro.sources.catalog.reading import Entry, Reading, day_of
from namro.sources.terms import PackageRefused

_NEEDED = (
    *("code", "version", "kind", "name", "name_en", "owner", "why", "next_review"),
    *("levels", "text", "action", "decides", "hears"),
)
_ALLOWED = (*_NEEDED, "look", "compare", "worse", "urging", "insist", "quiet", "covers_below")
_LOOK = ("within", "unit_kinds", "register", "form", "indicator", "breakdown", "source")
PLACES = frozenset({"object", "value", "unit", "due"})
LEVELS = {"watch": Level.WATCH, "warning": Level.WARNING, "critical": Level.CRITICAL}
EVERY = {"daily": 1, "weekly": 7}


@dataclass(frozen=True)
class Known:
    """What a rule may name: codes of units, forms, indicators and sources, and of the city itself; and what the rules
    of the place have in common."""

    units: frozenset[str]
    forms: frozenset[str]
    indicators: frozenset[str]
    root: str
    sources: frozenset[str] = frozenset()
    periods: Mapping[str, frozenset[str]] = field(default_factory=dict)
    usual: Mapping[str, Any] = field(default_factory=dict)


def read_rules(folder: Path, *, today: date, known: Known) -> tuple[list[tuple[RuleDef, Entry]], Reading]:
    """Return the rules of a folder with their entries, and the warnings; PackageRefused with every fault."""
    reading, found, seen = Reading(folder), [], set()
    for entry in reading.entries("**/*.yaml"):
        rule = _checked(reading, entry, today, known)
        if rule is None:
            continue
        if rule[0].code in seen:
            reading.fault(entry, f"mã quy tắc «{rule[0].code}» đã khai báo ở tệp khác")
        seen.add(rule[0].code)
        found.append(rule)
    reading.check()
    return found, reading


def read_rule(file: Path, *, today: date, known: Known) -> tuple[RuleDef, Entry]:
    """Return the rule of one file with its entry; PackageRefused with every fault."""
    reading = Reading(file.parent)
    rule = next((_checked(reading, entry, today, known) for entry in reading.entries(file.name)), None)
    reading.check()
    if rule is None:
        raise PackageRefused(reading.faults)
    return rule


def _checked(reading: Reading, entry: Entry, today: date, known: Known) -> tuple[RuleDef, Entry] | None:
    """Return the rule of an entry, looking in the city and insisting as usual where it does not say otherwise; None
    with its faults kept."""
    before = reading.count
    check_entry(reading, entry, today, known)
    if reading.count > before:
        return None
    rooted = {**with_usual(entry, known.usual), "look": {"within": known.root, **(entry.get("look") or {})}}
    return rule_of(rooted), rooted


def rule_of(entry: Entry) -> RuleDef:
    """Return the rule of a checked entry, or of the body stored from one."""
    look, urging = _plain(entry.get("look")), _plain(entry.get("urging"))
    return RuleDef(
        code=entry["code"],
        version=int(entry["version"]),
        kind=Kind(entry["kind"]),
        name=entry["name"],
        name_en=entry["name_en"],
        owner=entry["owner"],
        why=entry["why"],
        next_review=day_of(entry["next_review"]),
        text=entry["text"],
        action=entry["action"],
        decides=entry["decides"],
        within=str(look.get("within", "")),
        unit_kinds=tuple(look.get("unit_kinds", ())),
        register=look.get("register", ""),
        form=look.get("form", ""),
        indicator=look.get("indicator", ""),
        breakdown=str(look.get("breakdown", "")),
        worse=Worse(entry.get("worse", Worse.UP)),
        thresholds={LEVELS[name]: Decimal(str(value)) for name, value in _plain(entry["levels"]).items()},
        hears={LEVELS[name]: tuple(map(Audience, who)) for name, who in _plain(entry["hears"]).items()},
        urging=Urging(
            tuple(urging.get("before", ())), EVERY.get(urging.get("then", ""), 0), urging.get("grace", 0)
        ),
        insisting=insisting_of(entry),
        covers_below=bool(entry.get("covers_below", False)),
        source=look.get("source", ""),
        comparison=comparison_of(entry.get("compare")),
    )


def check_entry(reading: Reading, entry: Entry, today: date, known: Known) -> None:
    """Keep a fault for each key that is missing, unknown, of a wrong kind, or names what there is not."""
    reading.only(entry, *_ALLOWED)
    if not reading.need(entry, *_NEEDED):
        return
    reading.need_review(entry, today)
    if not isinstance(entry["version"], int):
        reading.fault(entry, "«version» phải là số nguyên")
    if reading.need_one_of(entry, "kind", Kind.values):
        _check_look(reading, entry, known)
        check_comparison(reading, entry, known.indicators, known.periods)
    if "worse" in entry:
        reading.need_one_of(entry, "worse", Worse.values)
    if entry["owner"] not in known.units:
        reading.fault(entry, f"không có đơn vị mã «{entry['owner']}» để quản lý quy tắc")
    _check_text(reading, entry)
    _check_levels(reading, entry)
    _check_hears(reading, entry)
    _check_urging(reading, entry)
    check_insisting(reading, entry)


def _check_look(reading: Reading, entry: Entry, known: Known) -> None:
    """Keep a fault where the rule looks at what there is not, or at what its kind has not."""
    look, kind = _mapping(reading, entry, "look"), Kind(entry["kind"])
    reading.only(look, *_LOOK)
    codes_of = {
        "within": known.units,
        "form": known.forms,
        "indicator": known.indicators,
        "source": known.sources,
    }
    for key, codes in codes_of.items():
        if look.get(key) and str(look[key]) not in codes:
            reading.fault(look, f"«{key}» là «{look[key]}», không có mã này")
    for unknown in set(look.get("unit_kinds") or ()) - set(UnitKind.values):
        reading.fault(look, f"không có loại đơn vị «{unknown}»")
    if kind in FIGURE_KINDS and not look.get("indicator"):
        reading.fault(entry, "quy tắc về chỉ tiêu phải có «look» với «indicator»")
    kinds_of = {
        "indicator": FIGURE_KINDS,
        "register": TASK_KINDS,
        "form": FORM_KINDS,
        "source": FEED_KINDS,
    }
    for key, kinds in kinds_of.items():
        if look.get(key) and kind not in kinds:
            reading.fault(look, f"loại quy tắc «{kind}» không xem theo «{key}»")


def _check_text(reading: Reading, entry: Entry) -> None:
    """Keep a fault for a place in the text that nothing fills."""
    try:
        named = {name for _, name, _, _ in Formatter().parse(str(entry["text"])) if name is not None}
    except ValueError:
        reading.fault(entry, "«text» có dấu ngoặc nhọn không khép")
        return
    for name in sorted(named - PLACES):
        reading.fault(entry, f"«text» có chỗ trống «{{{name}}}»; chỉ có: {', '.join(sorted(PLACES))}")


def _check_levels(reading: Reading, entry: Entry) -> None:
    """Keep a fault for thresholds that are no numbers or do not get worse from level to level."""
    levels = _mapping(reading, entry, "levels")
    reading.only(levels, *LEVELS)
    try:
        values = [Decimal(str(levels[name])) for name in LEVELS if name in levels]
    except InvalidOperation:
        reading.fault(levels, "ngưỡng phải là số")
        return
    sign = -1 if entry.get("worse") == Worse.DOWN else 1
    if [value * sign for value in values] != sorted({value * sign for value in values}):
        reading.fault(levels, "ngưỡng phải xấu dần từ watch, warning đến critical (xem «worse»)")
    if not values:
        reading.fault(levels, "phải có ít nhất một ngưỡng")


def _check_hears(reading: Reading, entry: Entry) -> None:
    """Keep a fault for a level that has a threshold and no listener, or a listener that there is not."""
    hears, levels = _mapping(reading, entry, "hears"), _plain(entry["levels"])
    reading.only(hears, *LEVELS)
    for name in LEVELS:
        if name in levels and not hears.get(name):
            reading.fault(hears, f"mức «{name}» có ngưỡng mà không báo ai")
        for word in set(hears.get(name) or ()) - set(Audience.values):
            reading.fault(hears, f"không có người nhận «{word}»; chỉ có: {', '.join(Audience.values)}")


def _check_urging(reading: Reading, entry: Entry) -> None:
    """Keep a fault for a schedule that cannot be followed."""
    urging = _mapping(reading, entry, "urging")
    if not urging:
        return
    reading.only(urging, "before", "then", "grace")
    if urging.get("then"):
        reading.need_one_of(urging, "then", EVERY)
    days = [*(urging.get("before") or ()), urging.get("grace", 0)]
    if not all(isinstance(day, int) and 0 <= day <= 60 for day in days):
        reading.fault(urging, "«before» và «grace» là số ngày làm việc, từ 0 đến 60")


def _mapping(reading: Reading, entry: Entry, key: str) -> Entry:
    """Return the mapping under a key, empty if there is none; a value of another kind is a fault."""
    value = entry.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        reading.fault(entry, f"«{key}» phải là một bảng khoá: giá trị")
        return {}
    return value


def _plain(value: Mapping[str, Any] | None) -> Mapping[str, Any]:
    return {key: inner for key, inner in (value or {}).items() if key != LINE}
