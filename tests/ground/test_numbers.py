"""Numbers as Vietnamese readers write them, against exact fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from namro.ground.numbers import (
    NumberRefused,
    format_money,
    format_number,
    format_percent,
    parse_number,
    percent,
    round_half_up,
    wilson,
)

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1154, None, "1.154"),
        (Decimal("42.70"), None, "42,7"),
        (Decimal("75.0000"), None, "75"),
        (Decimal("1E+3"), None, "1.000"),
        (0.1, None, "0,1"),
        (-3.5, None, "−3,5"),
        (None, None, "—"),
        (float("nan"), None, "—"),
        (Decimal("42.666"), 1, "42,7"),
        (7, 2, "7,00"),
        (Decimal("-0.04"), 1, "0,0"),
        (1234567.891, 2, "1.234.567,89"),
        (999.95, 1, "1.000,0"),
    ],
)
def test_format_number(value: Decimal | None, digits: int | None, text: str) -> None:
    assert format_number(value, digits) == text


def test_format_percent() -> None:
    assert format_percent(Decimal("42.666")) == "42,7\u00a0%"
    assert format_percent(34, digits=0) == "34\u00a0%"
    assert format_percent(None) == "—"


@pytest.mark.parametrize(
    ("vnd", "text"),
    [
        (53_700_000_000, "53,7 tỷ đồng"),
        (2_348_000_000_000, "2.348 tỷ đồng"),
        (7_000_000_000_000, "7.000 tỷ đồng"),
        (Decimal("950000.0"), "950.000 đồng"),
        (12_345_678, "12.345.678 đồng"),
        (999_999_999, "999.999.999 đồng"),
        (Decimal("999999999.6"), "1 tỷ đồng"),
        (1_000_000_000, "1 tỷ đồng"),
        (-1_500_000_000, "−1,5 tỷ đồng"),
        (0, "0 đồng"),
        (None, "—"),
    ],
)
def test_format_money(vnd: Decimal | None, text: str) -> None:
    assert format_money(vnd) == text.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        (Decimal("42.666"), 1, "42.7"),
        (Decimal("42.65"), 1, "42.7"),
        (42.65, 1, "42.7"),
        (2.675, 2, "2.68"),
        (Decimal("-0.5"), 0, "-1"),
        (Fraction(1, 3), 4, "0.3333"),
        (1250, -2, "1300"),
    ],
)
def test_round_half_up(value: Decimal, digits: int, rounded: str) -> None:
    assert round_half_up(value, digits) == Decimal(rounded)


def test_no_digit_of_a_long_ratio_is_lost() -> None:
    assert str(round_half_up(Fraction(10**14, 3), 15)) == "33333333333333.333333333333333"


@given(decimals, st.integers(0, 6))
def test_rounding_goes_to_the_nearest_and_halves_go_away_from_zero(value: Decimal, digits: int) -> None:
    rounded, unit = Fraction(round_half_up(value, digits)), Fraction(1, 10**digits)
    off = rounded - Fraction(value)
    assert abs(off) <= unit / 2
    if abs(off) == unit / 2:
        assert abs(rounded) > abs(Fraction(value))
    assert rounded % unit == 0


def test_percents_of_the_source_documents() -> None:
    assert percent(32, 75) == Decimal("42.7")
    assert percent(1, 3, digits=2) == Decimal("33.33")
    assert percent(0, 5) == Decimal("0.0")
    assert percent(5, 0) is None
    assert percent(None, 5) is None
    assert percent(5, None) is None


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 3))
def test_percent_is_rounded_once_from_the_exact_ratio(part: int, whole: int, digits: int) -> None:
    given_percent = percent(part, whole, digits)
    assert given_percent == round_half_up(Fraction(100 * part, whole), digits)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.154", "1154"),
        ("42,7", "42.7"),
        ("1 154", "1154"),
        ("1\u00a0154,25", "1154.25"),
        (" 75 ", "75"),
        ("−5", "-5"),
        ("-1.154,5", "-1154.5"),
        ("+3", "3"),
        ("0,154", "0.154"),
        ("1234,567", "1234.567"),
        ("1.154,000", "1154"),
    ],
)
def test_parse_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,154", "viết 1.154 nếu là hàng nghìn"),
        ("12.5", "hãy viết 12,5"),
        ("-12.5", "hãy viết -12,5"),
        ("1,154,000", "hãy viết 1.154.000"),
        ("1,154.5", "hãy viết 1.154,5"),
        ("1.154.00", "không phải là số"),
        ("1 154.000", "không phải là số"),
        ("", "không phải là số"),
        ("--5", "không phải là số"),
        ("75 nhiệm vụ", "không phải là số"),
        ("٣", "không phải là số"),
        ("1e3", "không phải là số"),
        ("NaN", "không phải là số"),
    ],
)
def test_what_is_no_number_or_has_two_meanings_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(NumberRefused, match=sentence):
        parse_number(text)


@given(decimals)
def test_what_is_printed_can_be_read_again(value: Decimal) -> None:
    text = format_number(value)
    try:
        assert parse_number(text) == value
    except NumberRefused:
        # Only the two-way text may not come back: up to three digits, a comma, exactly three decimals.
        assume(len(text.partition(",")[2]) != 3)
        raise


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        assert parse_number(text).is_finite()
    except NumberRefused as refusal:
        assert str(refusal)


@given(st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_rate(pair: tuple[int, int]) -> None:
    successes, n = pair
    low, high = wilson(successes, n)
    assert 0.0 <= low <= high <= 1.0
    if n:
        assert low - 1e-12 <= successes / n <= high + 1e-12


def test_two_of_two_does_not_beat_ninety_of_ninety_five() -> None:
    assert wilson(2, 2)[0] < wilson(90, 95)[0]
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
