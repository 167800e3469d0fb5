"""What the public may not read: figures about too few people, and what would tell them."""

from datetime import date
from decimal import Decimal

from namro.indicators.rules import is_about_too_few, withheld
from namro.indicators.terms import FigureRow


def row(value: int | None, parts: tuple[int, int] | None = None, breakdown: str = "") -> FigureRow:
    """A figure of the city."""
    numerator, denominator = (Decimal(part) for part in parts) if parts else (None, None)
    known = None if value is None else Decimal(value)
    return FigureRow(
        "x",
        1,
        "48",
        "Đà Nẵng",
        "2025-06",
        breakdown,
        known,
        numerator,
        denominator,
        None,
        date(2025, 7, 9),
        "",
        "fresh",
        1,
    )


def test_a_few_people_are_withheld_nobody_and_many_are_not() -> None:
    assert [is_about_too_few(row(value), 5) for value in (0, 1, 4, 5, None)] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert [is_about_too_few(row(50, parts), 5) for parts in ((0, 80), (3, 80), (40, 80), (2, 4))] == [
        False,
        True,
        False,
        True,
    ]
    assert not is_about_too_few(row(1), 0)


def test_a_single_part_is_not_told_by_the_rest() -> None:
    rows = [row(60), row(3, breakdown="a"), row(20, breakdown="b"), row(37, breakdown="c")]
    assert withheld(rows, {"x": 5}) == {1, 2}
    assert withheld(rows, {}) == set()
    assert withheld(
        [row(7), row(3, breakdown="a"), row(4, breakdown="b"), row(0, breakdown="c")], {"x": 5}
    ) == {1, 2}
