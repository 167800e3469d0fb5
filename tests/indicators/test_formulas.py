"""The expression over the tree against a plain reading of the same rule."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from namro.ground.numbers import exact, round_half_up
from namro.ground.period import Kind
from namro.indicators.formulas.observations import KEPT_DECIMALS, compute
from namro.indicators.terms import AddsUp, Direction, IndicatorDef, IndicatorKind, Own, Part, Term
from namro.sources.terms import Observation, SourceState

DAY = date(2025, 7, 9)
# VN > 48 > H17 > H17.a, H17.b; 48 > c
PARENT = {"48": "VN", "H17": "48", "H17.a": "H17", "H17.b": "H17", "c": "48"}
UNITS = ["VN", *PARENT]


def above(unit: str) -> list[str]:
    """Every unit above one, from its parent up."""
    return [PARENT[unit], *above(PARENT[unit])] if unit in PARENT else []


TREE = [(unit, upper) for unit in UNITS for upper in above(unit)]


def definition(kind: IndicatorKind, adds_up: AddsUp, own: Own = Own.TOTAL, **more: object) -> IndicatorDef:
    """A definition over the measures m (count) or n/d (ratio)."""
    count = (Term(Part.VALUE, "m"),)
    ratio = (Term(Part.NUMERATOR, "n"), Term(Part.DENOMINATOR, "d"))
    return IndicatorDef(
        code="x",
        name="X",
        kind=kind,
        terms=ratio if kind is IndicatorKind.RATIO else count,
        unit_of_measure="%",
        decimals=1,
        direction=Direction.UP,
        adds_up=adds_up,
        periods=(Kind.DAY,),
        owner="48",
        why="",
        next_review=DAY,
        version=1,
        source="",
        own=own,
        **more,
    )


def seen(measure: str, unit: str, value: object, **more: object) -> Observation:
    """An observation of the day."""
    amount = None if value is None else Decimal(str(value))
    told = {"period": "2025-07-09", "as_of": DAY, "source": unit} | more
    return Observation(measure, unit=unit, value=amount, **told)


def values(found: list) -> dict:
    """Values by unit."""
    return {figure.unit: figure.value for figure in found}


def plain_sum(unit: str, own: dict[str, Decimal], how: Own) -> Decimal | None:
    """The rule in plain words: a stated total stands for all below it, otherwise own and children add up."""
    if how is Own.TOTAL and unit in own:
        return own[unit]
    below = [plain_sum(child, own, how) for child, parent in PARENT.items() if parent == unit]
    there = [value for value in (*below, own.get(unit)) if value is not None]
    return sum(there, Decimal(0)) if there else None


amounts = st.decimals(min_value=0, max_value=10**12, places=3)


@settings(max_examples=20, deadline=None)
@given(st.dictionaries(st.sampled_from(UNITS), amounts, min_size=1), st.sampled_from(Own))
def test_counts_add_up_the_tree_as_in_plain_python(own: dict[str, Decimal], how: Own) -> None:
    found = compute(
        [definition(IndicatorKind.COUNT, AddsUp.SUM, how)], [seen("m", u, v) for u, v in own.items()], TREE
    )
    expected = {unit: plain_sum(unit, own, how) for unit in UNITS}
    assert values(found) == {unit: value for unit, value in expected.items() if value is not None}


@settings(max_examples=20, deadline=None)
@given(st.dictionaries(st.sampled_from(UNITS), st.tuples(amounts, amounts), min_size=1), st.sampled_from(Own))
def test_ratios_are_formed_once_from_sums(own: dict[str, tuple[Decimal, Decimal]], how: Own) -> None:
    rows = [seen(m, u, part) for u, pair in own.items() for m, part in zip("nd", pair, strict=True)]
    found = compute([definition(IndicatorKind.RATIO, AddsUp.RATIO_OF_SUMS, how)], rows, TREE)
    for figure in found:
        top, bottom = (plain_sum(figure.unit, {u: pair[i] for u, pair in own.items()}, how) for i in (0, 1))
        assert (figure.numerator, figure.denominator) == (top, bottom)
        expected = round_half_up(exact(top) * 100 / exact(bottom), KEPT_DECIMALS) if bottom else None
        assert figure.value == expected


def test_a_stated_total_keeps_its_value_and_the_sum_below_stands_beside_it() -> None:
    rows = [seen("m", "48", 100), seen("m", "H17", 60), seen("m", "c", 35)]
    found = {f.unit: f for f in compute([definition(IndicatorKind.COUNT, AddsUp.SUM)], rows, TREE)}
    assert (found["48"].value, found["48"].below) == (Decimal(100), Decimal(95))
    assert (found["VN"].value, found["VN"].below) == (Decimal(100), None)


def test_values_that_do_not_add_up_stay_where_they_were_stated() -> None:
    found = compute([definition(IndicatorKind.STATED, AddsUp.NONE)], [seen("m", "c", "60.5")], TREE)
    assert values(found) == {"c": Decimal("60.5")}


def test_no_data_is_not_zero_and_shows_above_as_missing() -> None:
    gap = seen("m", "c", None, source_state=SourceState.MISSING)
    found = {
        f.unit: f
        for f in compute([definition(IndicatorKind.COUNT, AddsUp.SUM)], [gap, seen("m", "H17", 5)], TREE)
    }
    assert found["c"].value is None
    assert (found["48"].value, found["48"].source_state) == (Decimal(5), SourceState.MISSING)
    assert found["H17"].source_state == SourceState.FRESH


def test_half_a_ratio_enters_no_sum() -> None:
    rows = [seen("n", "c", 5), seen("n", "H17", 1), seen("d", "H17", 4)]
    found = values(compute([definition(IndicatorKind.RATIO, AddsUp.RATIO_OF_SUMS)], rows, TREE))
    assert found == {"c": None, "H17": Decimal(25), "48": Decimal(25), "VN": Decimal(25)}


def test_a_ratio_over_nothing_has_no_value() -> None:
    rows = [seen("n", "c", 0), seen("d", "c", 0)]
    found = compute([definition(IndicatorKind.RATIO, AddsUp.NONE)], rows, TREE)
    assert [(f.value, f.numerator, f.denominator) for f in found] == [(None, 0, 0)]


def test_breakdowns_stay_apart_and_may_be_set_by_the_definition() -> None:
    by_form = definition(IndicatorKind.COUNT, AddsUp.SUM)
    named = definition(IndicatorKind.COUNT, AddsUp.SUM)
    named = IndicatorDef(**{**named.__dict__, "code": "y", "terms": (Term(Part.VALUE, "m", "set"),)})
    rows = [seen("m", "c", 1, breakdown="p"), seen("m", "c", 2, breakdown="q")]
    found = defaultdict(dict)
    for figure in compute([by_form, named], rows, TREE):
        found[figure.indicator, figure.breakdown][figure.unit] = figure.value
    assert found["x", "p"]["48"] == 1
    assert found["x", "q"]["48"] == 2
    assert found["y", "set"]["48"] == 3


def test_a_figure_is_known_since_its_last_part_came_in_and_says_from_how_many() -> None:
    rows = [seen("m", "c", 1, as_of=date(2025, 7, 3)), seen("m", "H17.a", 2), seen("m", "H17.b", 3)]
    found = {f.unit: f for f in compute([definition(IndicatorKind.COUNT, AddsUp.SUM)], rows, TREE)}
    assert found["48"].as_of == DAY
    assert found["48"].source == "Tổng hợp từ 3 đơn vị"
    assert found["c"].source == "c"


def test_what_is_made_up_is_marked_all_the_way_up() -> None:
    rows = [seen("m", "c", 1, synthetic=True), seen("m", "H17", 2)]
    found = {f.unit: f for f in compute([definition(IndicatorKind.COUNT, AddsUp.SUM)], rows, TREE)}
    assert [found[unit].synthetic for unit in ("c", "H17", "48", "VN")] == [True, False, True, True]
    assert found["48"].source == "Tổng hợp từ 2 đơn vị (số liệu mẫu)"


def test_nothing_in_nothing_out() -> None:
    assert compute([definition(IndicatorKind.COUNT, AddsUp.SUM)], [], TREE) == []
