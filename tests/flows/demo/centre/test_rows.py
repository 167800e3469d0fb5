"""Which days, weeks and months a source speaks of, and which rows that makes."""

from datetime import date

import numpy as np
import pytest

from namro.flows.demo.centre.rows import Window, events, grid


@pytest.mark.parametrize(
    ("start", "end", "grain", "first", "last", "count"),
    [
        (date(2025, 6, 1), date(2025, 7, 8), "day", "2025-06-01", "2025-07-08", 38),
        # Only what is over is told: the week of the 7th and July are not.
        (date(2025, 6, 1), date(2025, 7, 8), "week", "2025-06-02", "2025-06-30", 5),
        (date(2025, 5, 10), date(2025, 7, 8), "month", "2025-06-01", "2025-06-01", 1),
        (date(2025, 5, 1), date(2025, 6, 30), "month", "2025-05-01", "2025-06-01", 2),
    ],
)
def test_a_window_holds_whole_periods(
    start: date, end: date, grain: str, first: str, last: str, count: int
) -> None:
    days = Window(start, end).days(grain)
    assert (str(days[0]), str(days[-1]), len(days)) == (first, last, count)


def test_a_grid_has_a_row_for_each_day_place_and_category_that_reports() -> None:
    rows = grid(np.array([[True, False], [True, True]]), 2)
    assert list(zip(rows.t, rows.p, rows.k, strict=True)) == [
        (0, 0, 0),
        (0, 0, 1),
        (1, 0, 0),
        (1, 0, 1),
        (1, 1, 0),
        (1, 1, 1),
    ]
    assert rows.shape == ()
    assert grid(np.ones((2, 2), dtype=bool), 1).shape == (2, 2, 1)


def test_events_fall_where_they_are_expected_by_the_shares_of_their_categories() -> None:
    rows = events(np.array([[1_000.0, 0.0]]), [3, 1], np.random.default_rng(1))
    assert set(rows.p) == {0}
    assert 900 < len(rows) < 1_100
    assert 0.2 < rows.k.mean() < 0.3
