"""The checks of a form: they find what does not hold, leave alone what does, and mend nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.ground.numbers import percent
from namro.ground.period import Kind
from namro.sources.rules.checks import breaches
from namro.sources.rules.counts import counts_of
from namro.sources.terms import (
    CheckDef,
    CheckKind,
    CountDef,
    CountKind,
    DueRule,
    FieldDef,
    FieldType,
    FormDef,
)


def form(*checks: CheckDef, fields: str = "a b c d", counts: tuple[CountDef, ...] = ()) -> FormDef:
    """A form of number boxes with these checks."""
    return FormDef(
        code="b", title="Biểu thử", version=1, owner="48", why="", next_review=date(2026, 1, 1), period=Kind.MONTH,
        first_period="2025-01", due=DueRule(working_days=5), checks=checks, counts=counts,
        fields=tuple(FieldDef(code, f"Ô {code}", FieldType.DECIMAL) for code in fields.split()),
    )  # fmt: skip


def values(**amounts: object) -> dict[str, Decimal]:
    """Exact amounts."""
    return {code: Decimal(str(amount)) for code, amount in amounts.items()}


ADD_UP = CheckDef("cong", CheckKind.PARTS_ADD_UP, "a", ("b", "c", "d"))
RATE = CheckDef("ty_le", CheckKind.RATE_FOLLOWS, "a", ("b", "c"))
RANGE = CheckDef("khoang", CheckKind.RANGE, "a", minimum=Decimal(0), maximum=Decimal(100))
JUMP = CheckDef("nhay", CheckKind.JUMP, "a", factor=Decimal(2))
LIMIT = CheckDef("tran", CheckKind.NOT_MORE_THAN, "a", ("b",))


def test_the_documents_pages_are_ten_thousand_short() -> None:
    (breach,) = breaches(form(ADD_UP), values(a=2827927, b=1326132, c=546045, d=945750))
    assert (breach.stated, breach.expected, breach.difference) == (2827927, 2817927, 10000)
    assert breach.fields == ("a", "b", "c", "d")
    assert (
        breach.text
        == "Các phần của «Ô a» cộng lại được 2.817.927, thiếu 10.000 so với số tổng đã nêu 2.827.927."
    )


@pytest.mark.parametrize(
    ("rate", "part", "total", "computed"),
    [
        (47, 1326132, 2827927, None),
        (19, 546045, 2827927, None),
        (34, 945750, 2827927, 33),
        (72, 1154, 1601, None),
        (24, 381, 1601, None),
        (4, 66, 1601, None),
    ],
)
def test_stated_rates_of_the_documents(rate: int, part: int, total: int, computed: int | None) -> None:
    found = breaches(form(RATE), values(a=rate, b=part, c=total))
    assert [breach.expected for breach in found] == ([] if computed is None else [computed])


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=3, max_size=3), st.integers(-5, 5))
def test_parts_add_up_exactly_when_their_sum_is_the_total(parts: list[Decimal], off: int) -> None:
    found = breaches(form(ADD_UP), values(a=sum(parts) + off, b=parts[0], c=parts[1], d=parts[2]))
    assert [breach.difference for breach in found] == ([off] if off else [])


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_rate_that_was_computed_by_the_house_always_follows(part: int, total: int) -> None:
    assert breaches(form(RATE), values(a=percent(part, total, 0), b=part, c=total)) == []


def test_a_rate_over_nothing_says_nothing() -> None:
    assert breaches(form(RATE), values(a=50, b=0, c=0)) == []


@pytest.mark.parametrize(("stated", "bound"), [(-1, 0), (0, None), (100, None), ("100.1", 100)])
def test_range(stated: object, bound: int | None) -> None:
    found = breaches(form(RANGE), values(a=stated))
    assert [breach.expected for breach in found] == ([] if bound is None else [bound])


@pytest.mark.parametrize(("now", "is_jump"), [(200, False), (201, True), (50, False), (49, True), (0, True)])
def test_a_jump_is_more_than_the_factor_either_way(now: int, is_jump: bool) -> None:
    assert bool(breaches(form(JUMP), values(a=now), values(a=100))) is is_jump


def test_there_is_no_jump_from_nothing() -> None:
    assert breaches(form(JUMP), values(a=10**6)) == []
    assert breaches(form(JUMP), values(a=10**6), values(a=0)) == []


def test_not_more_than_its_limit() -> None:
    assert breaches(form(LIMIT), values(a=5, b=5)) == []
    (breach,) = breaches(form(LIMIT), values(a=7, b=5))
    assert breach.text == "«Ô a» là 7, lớn hơn «Ô b» (5) là 2."


def test_a_check_over_an_empty_box_says_nothing() -> None:
    assert len(breaches(form(ADD_UP, RATE, LIMIT), values(a=5, b=2, c=2, d=2))) == 3
    assert [breach.check for breach in breaches(form(ADD_UP, RATE, LIMIT), values(a=5, b=2))] == ["tran"]


def test_a_form_may_word_its_own_finding() -> None:
    said = CheckDef("cong", CheckKind.PARTS_ADD_UP, "a", ("b",), text="{short_or_over} {difference} trang")
    assert breaches(form(said), values(a=1, b=3))[0].text == "thừa 2 trang"


@pytest.mark.parametrize(
    ("kind", "answers", "count"),
    [
        (CountKind.YES, {"a": 1, "b": 0, "c": 1}, 2),
        (CountKind.ANSWERED, {"a": 1, "b": 0}, 2),
        (CountKind.ALL_YES, {"a": 1, "b": 1, "c": 1}, 1),
        (CountKind.ALL_YES, {"a": 1, "b": 1}, 0),
        (CountKind.ALL_YES, {"a": 1, "b": 0, "c": 1}, 0),
        (CountKind.RETURNS, {}, 1),
    ],
)
def test_counts_over_yes_and_no(kind: CountKind, answers: dict[str, int], count: int) -> None:
    declared = form(counts=(CountDef("n", "N", kind, ("a", "b", "c")),))
    assert counts_of(declared, values(**answers)) == {"n": count}
