"""How all indicators of one table are computed in one pass: by which columns its rows are grouped, what is added up.

Hundreds of indicators of a table mostly ask the same of different parts of it (of each service, each kind of event).
So their conditions are split: what is equal in columns of few values becomes a key by which the rows are grouped, and
a `Slice` says which keys belong to an indicator; what remains becomes a `Shape`, one added-up column of the pass.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from namro.indicators.terms import Aggregate, Condition, IndicatorDef, IndicatorKind, Measure, Part, Test

# So many conditions in one pass cost little; a key column only pays where there are more.
FEW_SHAPES = 16
KEYED = (Test.IS, Test.IS_NOT)


@dataclass(frozen=True)
class Slice:
    """Which rows are an indicator's own, as conditions on the keys; and the column by whose values they are shown."""

    where: tuple[Condition, ...]
    by: str


@dataclass(frozen=True)
class Use:
    """An indicator in its slice: the shape that gives each of its parts."""

    definition: IndicatorDef
    shapes: Mapping[Part, int]


@dataclass(frozen=True)
class Plan:
    """The keys, the shapes, and of each slice the indicators that it serves."""

    keys: tuple[str, ...]
    shapes: tuple[Measure, ...]
    slices: Mapping[Slice, Sequence[Use]]
    # For each sum the shape that counts its rows: a sum over no rows is 0, over rows without a value it is not known.
    counts: Mapping[int, int] = field(default_factory=dict)

    def is_zero_of_none(self, use: Use) -> bool:
        """Whether what an indicator counts is 0, and not unknown, where there is no row of it."""
        return all(
            self.shapes[shape].aggregate not in (Aggregate.MAX, Aggregate.MIN)
            for shape in use.shapes.values()
        )

    def distinct_columns(self) -> list[str]:
        """Return the columns whose values are counted once each."""
        return sorted({shape.column for shape in self.shapes if shape.aggregate is Aggregate.DISTINCT})


def everything(each: Slice) -> Slice:
    """Return the slice of all rows that is shown by the same column: it tells where there is any row at all."""
    return Slice((), each.by)


def plan_of(definitions: Sequence[IndicatorDef]) -> Plan:
    """Return how to compute the indicators of one table in one pass."""
    keys = _keys(definitions)
    shapes: dict[Measure, int] = {}
    slices: defaultdict[Slice, list[Use]] = defaultdict(list)
    for definition in definitions:
        common, own = _split(definition, keys)
        uses = {part: shapes.setdefault(shape, len(shapes)) for part, shape in own.items()}
        own_slice = Slice(common, definition.by)
        slices[own_slice].append(Use(definition, uses))
        if common and definition.kind is IndicatorKind.COUNT:
            slices[everything(own_slice)] += []
    counts = {
        number: shapes.setdefault(Measure(Aggregate.COUNT, "", shape.where), len(shapes))
        for shape, number in list(shapes.items())
        if shape.aggregate is Aggregate.SUM
    }
    return Plan(keys, tuple(shapes), dict(slices), counts)


def _keys(definitions: Sequence[IndicatorDef]) -> tuple[str, ...]:
    """Return the columns to group by: those that values are shown by, and those that halve the number of shapes."""
    keys = sorted({definition.by for definition in definitions if definition.by})
    asked = {
        condition.column
        for definition in definitions
        for measure in definition.parts.values()
        for condition in measure.where
        if condition.test in KEYED
    }
    while (now := _count(definitions, keys)) > FEW_SHAPES and asked - set(keys):
        best = min(sorted(asked - set(keys)), key=lambda column: _count(definitions, [*keys, column]))
        if _count(definitions, [*keys, best]) * 2 > now:
            break
        keys.append(best)
    return tuple(keys)


def _count(definitions: Sequence[IndicatorDef], keys: Sequence[str]) -> int:
    return len({shape for definition in definitions for shape in _split(definition, keys)[1].values()})


def _split(
    definition: IndicatorDef, keys: Sequence[str]
) -> tuple[tuple[Condition, ...], dict[Part, Measure]]:
    """Return the conditions on keys that all parts of an indicator share, and each part without them."""
    parts = definition.parts.values()
    shared = set.intersection(*(set(measure.where) for measure in parts))
    common = {each for each in shared if each.column in keys and each.test in KEYED}
    own = {
        part: Measure(
            measure.aggregate,
            measure.column,
            tuple(sorted(set(measure.where) - common, key=repr)),
        )
        for part, measure in definition.parts.items()
    }
    return tuple(sorted(common, key=repr)), own
