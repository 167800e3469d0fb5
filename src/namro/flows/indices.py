"""Composite indices from the figures: what a new figure touched is scored anew, for all peers and their city."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from statistics import fmean
from typing import Any

import pyarrow as pa
from django.db import transaction

from namro.ground import clock
from namro.indicators.actions.marks import hold_mark, move_mark
from namro.indicators.actions.storing import Told, store_computed
from namro.indicators.formulas.indices import scored
from namro.indicators.formulas.spread import FIGURES
from namro.indicators.queries import definitions
from namro.indicators.queries.indices import Values, fingerprint, starts_to_score, values_of
from namro.indicators.queries.marks import Pending
from namro.indicators.terms import IndexDef, IndicatorDef, Score
from namro.organisation.models import Unit
from namro.organisation.queries import current_by_code
from namro.organisation.terms import COMMUNE_KINDS
from namro.sources.terms import SYNTHETIC_MARK

Row = tuple[
    str, str, date, str, float, float, float
]  # index, unit, start, part, value, numerator, denominator
Cities = dict[str, dict[str, int]]  # the keys of the communes by code, by the code of their city

# What the parts of a score gave is kept so long; what they were made of is still there, and scores stay.
PARTS_KEPT = timedelta(days=400)


def figure_indices(tables: Collection[str] | None = None) -> int:
    """Compute and store what is new of every composite index, or of those made of figures of these tables of the lake.

    Returns how many rows changed; twice is as once.
    """
    known = {definition.code: definition for definition in definitions()}
    wanted = [each for each in known.values() if each.index and _draws_from(each.index, known, tables)]
    cities = communes_by_city() if wanted else {}
    return sum(_figured(each, cities) for each in wanted)


def _draws_from(index: IndexDef, known: dict[str, IndicatorDef], tables: Collection[str] | None) -> bool:
    return tables is None or any(
        known[part.indicator].table in tables for part in index.parts if part.indicator in known
    )


def communes_by_city() -> Cities:
    """Return the keys of the communes in force by code, by the code of the city they are peers in; one query."""
    rows = Unit.objects.valid_on(clock.today()).filter(kind__in=COMMUNE_KINDS, parent__isnull=False)
    found: Cities = defaultdict(dict)
    for city, code, key in rows.values_list("parent__code", "code", "pk"):
        found[city][code] = key
    return found


@transaction.atomic
def _figured(definition: IndicatorDef, cities: Cities) -> int:
    index, day = definition.composition, clock.today()
    mark = hold_mark(f"index:{definition.code}")
    units = [key for city in cities.values() for key in city.values()]
    made = _short((definition.version, index, sorted(cities)))
    digest = made + _short(fingerprint(index, units, day))
    if mark.digest == digest:
        return 0
    since = mark.day if mark.digest.startswith(made) else None
    starts = starts_to_score(index, units, day, since)
    scope = None if since is None else months(starts)
    changed = _stored(definition, cities, units, starts, scope) if starts else 0
    move_mark(mark, Pending((), frozenset()), digest=digest, day=day)
    return changed


def _short(told: object) -> str:
    """Return half of what a mark has room for: one half says how an index is made, the other from which figures."""
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def months(starts: Iterable[date]) -> list[str]:
    """Return the months in which periods start, as 'YYYY-MM'."""
    return sorted({f"{start:%Y-%m}" for start in starts})


def _stored(
    definition: IndicatorDef, cities: Cities, units: list[int], starts: list[date], scope: list[str] | None
) -> int:
    index = definition.composition
    values, made = values_of(index, units, starts, clock.today())
    oldest = clock.today() - PARTS_KEPT
    rows = [
        row
        for start, every in values.items()
        for city, communes in cities.items()
        for row in rows_of(definition, city, start, scored(index, _among(every, communes)))
        if not row[3] or start >= oldest
    ]
    keys = {code: unit.pk for code, unit in current_by_code().items()}
    source = f"{definition.source} {SYNTHETIC_MARK}" if made else definition.source
    told = Told(source, clock.today(), synthetic=made)
    return store_computed(as_table(rows, index), [definition], keys, told, months=scope)


def _among(every: Values, communes: Collection[str]) -> Values:
    return {unit: given for unit, given in every.items() if unit in communes}


def rows_of(definition: IndicatorDef, city: str, start: date, scores: dict[str, Score]) -> Iterator[Row]:
    """Yield the figures of an index in one period: of each unit the score and its parts, of their city the means.

    The numerator of a score is the sum of weight × points, its denominator the weight that was known; of a part they
    are the points that it gave to the score, and those that it could give.
    """
    index = definition.composition
    by_part: dict[str, list[float]] = defaultdict(list)
    for unit, score in scores.items():
        if score.value is not None:
            by_part[""].append(score.value)
            yield definition.code, unit, start, "", score.value, score.value * score.weight, score.weight
        for key, worth in score.parts.items():
            by_part[key].append(worth)
            share = index.part(key).weight / score.weight if score.value is not None else 0.0
            yield definition.code, unit, start, key, worth, worth * share, 100 * share
    for key, every in by_part.items():
        yield definition.code, city, start, key, fmean(every), sum(every), len(every)


def as_table(rows: list[Row], index: IndexDef) -> pa.Table:
    """Return rows as the figures that are stored (formulas.FIGURES)."""
    columns: list[Any] = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(7)]
    codes, units, starts, parts, *numbers = columns
    found = [codes, units, [index.period.value] * len(codes), starts, parts, *map(_exact, numbers)]
    return pa.table(
        [pa.array(each, field.type) for each, field in zip(found, FIGURES, strict=True)], schema=FIGURES
    )


def _exact(numbers: list[float]) -> list[Decimal]:
    return [Decimal(f"{number:.6f}") for number in numbers]
