"""Reads of the intake: contracts in use, what a source may call a unit, batches and how far a source was read."""

from collections import defaultdict
from collections.abc import Iterable

import pyarrow as pa
from django.db.models import Q

from namro.ground import clock
from namro.ground.text import fold
from namro.organisation.models import Successor, Unit
from namro.organisation.queries import city_of
from namro.organisation.terms import AGENCY_KINDS, PROVINCE_KINDS, Refused
from namro.sources.models import Batch, Source
from namro.sources.rules.units import meant
from namro.sources.terms import BatchState, Codes, ContractDef, UnitCodes

_MEANT = pa.schema(
    [
        ("raw", pa.string()),
        ("early", pa.string()),
        ("late", pa.string()),
        ("changed_on", pa.date32()),
        ("reason", pa.string()),
    ]
)


def source(code: str) -> Source:
    """Return a source in use; refuses a code that is none."""
    row = Source.objects.filter(code=code, is_active=True).first()
    if row is None:
        raise Refused(f"Không có nguồn số liệu «{code}»; hãy chọn trong danh sách nguồn.", field="source")
    return row


def contracts() -> list[ContractDef]:
    """Return the contracts in use, by code; one query."""
    return [row.definition for row in Source.objects.filter(is_active=True)]


def last_landed(source: Source) -> Batch | None:
    """Return the batch of a source that landed last."""
    return source.batches.filter(state=BatchState.LANDED).order_by("-ended_at", "-started_at").first()


def cursor_of(source: Source) -> str:
    """Return how far an incremental source was read, empty where it never was."""
    read = source.batches.filter(state=BatchState.LANDED).exclude(cursor="")
    return read.order_by("-ended_at", "-started_at").values_list("cursor", flat=True).first() or ""


def units_meant(came: Iterable[str | None], contract: ContractDef) -> pa.Table:
    """Return what each different text of the unit column means, as the checks take it."""
    found = meant([raw for raw in came if raw], unit_codes(contract), contract.unit)
    return pa.Table.from_pylist([vars(each) for each in found] or [], schema=_MEANT)


def unit_codes(contract: ContractDef) -> UnitCodes:
    """Return the codes and names under which a source may know a unit of the owner's city; three queries."""
    owner = Unit.objects.filter(code=contract.owner, valid_to__isnull=True).first()
    return codes_in(city_of(owner), contract.unit.codes) if owner else UnitCodes()


def codes_in(city: Unit, codes: Codes) -> UnitCodes:
    """Return what a code list calls the units of a city; at most two queries."""
    units = list(Unit.objects.filter(valid_to__isnull=True, path__startswith=city.path))
    if codes == Codes.AGENCIES:
        return UnitCodes({unit.code: unit.code for unit in units if unit.kind in AGENCY_KINDS})
    now = {unit.code: unit.code for unit in units}
    if codes == Codes.UNITS:
        return UnitCodes(now)
    return _with_former({**_names(units), **now}, {unit.pk for unit in units})


def _names(units: Iterable[Unit]) -> dict[str, str]:
    """Return the codes by folded name, of names that only one unit bears."""
    named = defaultdict(set)
    for unit in units:
        named[unit.folded].add(unit.code)
    return {name: codes.pop() for name, codes in named.items() if len(codes) == 1}


def _with_former(now: dict[str, str], current: set[int]) -> UnitCodes:
    """Return the codes with those of units that ended and went to one of the current ones."""
    lines = list(
        Successor.objects.filter(new__in=current).select_related("old", "new__profile").order_by("new__code")
    )
    heirs: dict[Unit, dict[str, int]] = defaultdict(dict)
    for line in lines:
        heirs[line.old][line.new.code] = _people(line.new)
    for district, below in _districts(heirs).items():
        heirs.setdefault(district, {}).update(below)
    former: dict[str, tuple[str, ...]] = {}
    named: dict[str, set[str]] = defaultdict(set)
    for old, codes in heirs.items():
        former[old.code] = tuple(sorted(codes, key=lambda code: (-codes[code], code)))
        named[fold(old.name)].add(old.code)
    former |= {name: former[next(iter(codes))] for name, codes in named.items() if len(codes) == 1}
    ambiguous = frozenset(name for name, codes in named.items() if len(codes) > 1)
    return UnitCodes(now, former, ambiguous, max((line.day for line in lines), default=clock.today()))


def _districts(heirs: dict[Unit, dict[str, int]]) -> dict[Unit, dict[str, int]]:
    """Return the ended units above those with heirs: a district went where its communes went."""
    above = {unit.parent_id for unit in heirs} - {None}
    ended = Unit.objects.filter(Q(pk__in=above), valid_to__isnull=False).exclude(kind__in=PROVINCE_KINDS)
    below: dict[Unit, dict[str, int]] = {}
    for district in ended:
        inside = [codes for unit, codes in heirs.items() if unit.parent_id == district.pk]
        below[district] = {code: people for codes in inside for code, people in codes.items()}
    return below


def _people(unit: Unit) -> int:
    profile = getattr(unit, "profile", None)
    return (profile.population if profile else None) or 0
