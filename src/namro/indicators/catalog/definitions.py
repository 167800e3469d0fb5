"""Definitions: one YAML file an indicator, read into IndicatorDef and checked."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from namro.ground.period import Kind
from namro.indicators.catalog.measures import Contract, check_measures, parts_of
from namro.indicators.catalog.weights import index_of
from namro.indicators.terms import AddsUp, Direction, IndicatorDef, IndicatorKind, Own, Part, Term
from namro.sources.catalog.reading import Entry, Reading, day_of

_NEEDED = (
    *("code", "name", "name_en", "kind", "unit_of_measure", "direction", "adds_up", "periods"),
    *("owner", "why", "next_review", "version", "source", "group"),
)
_ALLOWED = (
    *(*_NEEDED, "decimals", "numerator", "denominator", "value", "values"),
    *("own", "factor", "breakdowns", "lights", "theme"),
    *("table", "by", "min_people", "forecast"),
)

# An index stands in a file of its own kind (catalog/indices.py).
KINDS_OF_A_FILE = frozenset(IndicatorKind) - {IndicatorKind.INDEX}
FORECAST = frozenset({Kind.DAY, Kind.MONTH})


def read_definitions(
    folder: Path,
    *,
    today: date,
    units: set[str],
    measures: Mapping[str, str],
    contracts: Mapping[str, Contract] = MappingProxyType({}),
) -> tuple[list[tuple[IndicatorDef, Entry]], Reading]:
    """Return the definitions of a folder with their entries, and the warnings; PackageRefused with every fault.

    `units` are the unit codes that may own one, `measures` those that flow in the house, `contracts` those of the
    tables of the lake, by code.
    """
    reading, found, seen = Reading(folder), [], set()
    for entry in reading.entries("**/*.yaml"):
        before = reading.count
        _check_shape(reading, entry, today)
        if reading.count == before and entry.get("table"):
            check_measures(reading, entry, contracts)
        if reading.count == before:
            _keep_min_people(entry, contracts)
            definition = definition_of(entry)
            _check_sense(reading, entry, definition, units, measures)
            if definition.code in seen:
                reading.fault(entry, f"mã chỉ tiêu «{definition.code}» đã khai báo ở tệp khác")
            seen.add(definition.code)
            found.append((definition, entry))
    reading.check()
    return found, reading


def _keep_min_people(entry: Entry, contracts: Mapping[str, Contract]) -> None:
    """Let a definition say itself what its table's contract asks: about how many people a figure must be at least."""
    contract = contracts.get(entry.get("table", ""))
    if contract is not None and contract.min_people:
        entry["min_people"] = max(contract.min_people, entry.get("min_people", 0))


def definition_of(entry: Entry) -> IndicatorDef:
    """Return the definition of a checked entry, or of the body stored from one."""
    return IndicatorDef(
        code=entry["code"],
        name=entry["name"],
        kind=IndicatorKind(entry["kind"]),
        terms=_terms_of(entry),
        unit_of_measure=entry["unit_of_measure"],
        decimals=entry.get("decimals", 0),
        direction=Direction(entry["direction"]),
        adds_up=AddsUp(entry["adds_up"]),
        periods=tuple(Kind(kind) for kind in entry["periods"]),
        owner=entry["owner"],
        why=entry["why"],
        next_review=day_of(entry["next_review"]),
        version=int(entry["version"]),
        source=entry["source"],
        name_en=entry["name_en"],
        group=entry["group"],
        theme=entry.get("theme", ""),
        own=Own(entry.get("own", Own.TOTAL)),
        factor=entry.get("factor", 100),
        breakdowns={str(code): label for code, label in _plain(entry.get("breakdowns")).items()},
        lights={name: Decimal(str(value)) for name, value in _plain(entry.get("lights")).items()},
        table=entry.get("table", ""),
        parts=parts_of(entry) if entry.get("table") else {},
        by=entry.get("by", ""),
        min_people=entry.get("min_people", 0),
        index=index_of(entry) if entry["kind"] == IndicatorKind.INDEX else None,
        forecast=tuple(Kind(kind) for kind in entry.get("forecast", ())),
    )


def _terms_of(entry: Entry) -> tuple[Term, ...]:
    if entry.get("table") or entry["kind"] == IndicatorKind.INDEX:
        return ()
    if entry["kind"] == IndicatorKind.RATIO:
        return (Term(Part.NUMERATOR, entry["numerator"]), Term(Part.DENOMINATOR, entry["denominator"]))
    if entry.get("value"):
        return (Term(Part.VALUE, entry["value"]),)
    return tuple(Term(Part.VALUE, item["measure"], str(item["breakdown"])) for item in entry["values"])


def _plain(entry: Entry | None) -> Entry:
    """Return a mapping without the line that the reader keeps in it."""
    return {key: value for key, value in (entry or {}).items() if not str(key).startswith("__")}


def _check_shape(reading: Reading, entry: Entry, today: date) -> None:
    """Keep a fault for each key that is missing, unknown or of a wrong kind."""
    reading.only(entry, *_ALLOWED)
    if not reading.need(entry, *_NEEDED):
        return
    reading.need_review(entry, today)
    for key, allowed in (("kind", KINDS_OF_A_FILE), ("adds_up", AddsUp), ("direction", Direction.values)):
        reading.need_one_of(entry, key, set(allowed))
    if entry.get("own"):
        reading.need_one_of(entry, "own", set(Own))
    for kind in set(entry["periods"]) - set(Kind):
        reading.fault(entry, f"không có loại kỳ «{kind}»")
    for kind in set(entry.get("forecast") or ()) - ({*entry["periods"]} & FORECAST):
        reading.fault(
            entry, f"không dự báo được theo kỳ «{kind}»; chỉ dự báo kỳ của chính chỉ tiêu, ngày hoặc tháng"
        )
    if not entry.get("table"):
        _check_terms(reading, entry)
    elif entry["kind"] == IndicatorKind.STATED:
        reading.fault(entry, "chỉ tiêu từ kho dữ liệu là tỷ lệ («ratio») hoặc số đếm («count»)")


def _check_terms(reading: Reading, entry: Entry) -> None:
    """Keep a fault where the measures, the kind and the way of adding up do not go together."""
    if entry["kind"] == IndicatorKind.RATIO:
        reading.need(entry, "numerator", "denominator")
        if entry["adds_up"] == AddsUp.SUM:
            reading.fault(
                entry, "tỷ lệ không cộng được lên cấp trên; «adds_up» phải là ratio_of_sums hoặc none"
            )
        return
    if entry["adds_up"] == AddsUp.RATIO_OF_SUMS:
        reading.fault(entry, "chỉ tỷ lệ («kind: ratio») mới dùng ratio_of_sums")
    if not entry.get("value") and not entry.get("values"):
        reading.fault(entry, "thiếu «value» hoặc «values»")
    for item in entry.get("values") or ():
        reading.need(item, "measure", "breakdown")


def _check_sense(
    reading: Reading, entry: Entry, definition: IndicatorDef, units: set[str], measures: Mapping[str, str]
) -> None:
    """Keep a fault for each name that leads nowhere."""
    if definition.owner not in units:
        reading.fault(entry, f"không có đơn vị mã «{definition.owner}» để chịu trách nhiệm chỉ tiêu")
    for measure in sorted(set(definition.measures) - set(measures)):
        reading.fault(entry, f"không có số đo «{measure}»; số đo của biểu viết là bieu.<mã biểu>.<mã ô>")
    if definition.lights and set(definition.lights) != {"green", "amber"}:
        reading.fault(entry, "«lights» phải có «green» và «amber»")
