"""From the lake to the figures: what landed since the last time is computed, and only the months that it touched."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction

from namro.flows.indices import figure_indices
from namro.ground import clock
from namro.ground.period import Kind
from namro.indicators.actions.marks import hold_mark, move_mark
from namro.indicators.actions.storing import Told, store_computed
from namro.indicators.formulas.tables import compute_table
from namro.indicators.queries import definitions, pairs_above
from namro.indicators.queries.marks import Pending, digest_of, pending
from namro.indicators.terms import IndicatorDef
from namro.lake.engine import Engine, engine
from namro.organisation.queries import current_by_code
from namro.sources.queries.intake import contracts, source
from namro.sources.terms import SYNTHETIC_MARK, ContractDef

# Months of which a period is made, from the shortest that anyone asks for.
WIDE = {Kind.QUARTER: 3, Kind.YEAR: 12}


def figure_source(code: str, months: Iterable[str] | None = None) -> int:
    """Compute and store the figures of a source: of what its new batches touched, or of the months 'YYYY-MM' given; and
    the indices made of them.

    Returns how many rows changed; twice is as once.
    """
    with engine() as counting:
        asked = None if months is None else Pending((), frozenset(months))
        changed = _figured(source(code).definition, _of_table(code), counting, asked)
    return changed + figure_indices({code})


def figure_sources() -> dict[str, int]:
    """Compute and store what is new in every source; returns by source how many rows changed."""
    found = definitions()
    with engine() as counting:
        return {each.code: _figured(each, _reading(each.code, found), counting) for each in contracts()}


def figure_landed(codes: Iterable[str]) -> int:
    """Compute and store what is new in each of the sources as its code comes, without the indices made of them; returns
    how many rows changed.
    """
    found = definitions()
    with engine() as counting:
        return sum(_figured(source(code).definition, _reading(code, found), counting) for code in codes)


def figure_as_of(code: str, day: date) -> int:
    """Compute the figures of a source as its data were at the end of a past day, and keep them as known on that day."""
    found, contract = _of_table(code), source(code).definition
    with engine() as counting, transaction.atomic():
        hold_mark(code)
        return _computed(contract, found, counting, None, day, as_of=day) if found else 0


@transaction.atomic
def _figured(
    contract: ContractDef, found: list[IndicatorDef], counting: Engine, asked: Pending | None = None
) -> int:
    day, digest = clock.today(), digest_of(found, pairs_above())
    mark = hold_mark(contract.code)
    new = pending(contract.code, digest) if asked is None else asked
    if new.is_nothing and asked is None:
        return 0
    changed = _computed(contract, found, counting, new.months, day) if found else 0
    if asked is None:
        move_mark(mark, new, digest=digest, day=day)
    return changed


def _computed(
    contract: ContractDef,
    found: list[IndicatorDef],
    counting: Engine,
    months: Collection[str] | None,
    day: date,
    *,
    as_of: date | None = None,
) -> int:
    touched = None if months is None else widened(months, found)
    rows = counting.table(contract.code, months=touched, as_of=as_of)
    figures = compute_table(rows, counting, found, pairs_above(), day)
    units = {code: unit.pk for code, unit in current_by_code().items()}
    return store_computed(figures, found, units, _told(contract, day), months=touched)


def widened(months: Collection[str], found: Iterable[IndicatorDef]) -> set[str]:
    """Return the months with all those of the same quarter or year, where an indicator has such periods."""
    asked = {kind for definition in found for kind in definition.periods}
    length = max((WIDE.get(kind, 1) for kind in asked), default=1)
    return {
        f"{month[:4]}-{(int(month[5:]) - 1) // length * length + place:02}"
        for month in months
        for place in range(1, length + 1)
    }


def _told(contract: ContractDef, day: date) -> Told:
    name = f"{contract.name} {SYNTHETIC_MARK}" if contract.synthetic else contract.name
    return Told(name, day, synthetic=contract.synthetic)


def _of_table(code: str) -> list[IndicatorDef]:
    return _reading(code, definitions())


def _reading(code: str, found: Iterable[IndicatorDef]) -> list[IndicatorDef]:
    return [definition for definition in found if definition.table == code]
