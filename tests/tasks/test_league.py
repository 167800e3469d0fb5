"""The league table: a small count cannot beat a large one by luck."""

from hypothesis import given
from hypothesis import strategies as st

from namro.organisation.models import Unit
from namro.tasks.queries.counting import Counts
from namro.tasks.queries.league import league


def table(*pairs: tuple[int, int], measure: str = "done", smallest: int = 1):
    units = [Unit(pk=i, name=f"Đơn vị {i}", sort_key=f"{i:04}") for i in range(len(pairs))]
    counts = {i: Counts(done=done, in_progress=given - done) for i, (done, given) in enumerate(pairs)}
    return league(units, counts, measure=measure, smallest=smallest)


def test_two_of_two_does_not_beat_ninety_of_ninety_five():
    rows = table((2, 2), (90, 95))
    assert [row.unit.pk for row in rows] == [1, 0]
    assert (rows[1].first, rows[1].last) == (1, 2)


def test_a_unit_with_too_few_tasks_has_no_rank():
    rows = table((2, 2), (90, 95), smallest=5)
    assert rows[-1].unit.pk == 0
    assert rows[-1].first is None


def test_clearly_different_units_have_clear_ranks():
    rows = table((95, 100), (10, 100))
    assert [(row.first, row.last) for row in rows] == [(1, 1), (2, 2)]


def test_of_overdue_less_is_better():
    units = [Unit(pk=i, name=str(i), sort_key=str(i)) for i in (1, 2)]
    counts = {1: Counts(in_progress_late=90, in_progress=10), 2: Counts(in_progress_late=1, in_progress=99)}
    rows = league(units, counts, measure="overdue", smallest=1)
    assert [(row.unit.pk, row.first, row.last) for row in rows] == [(2, 1, 1), (1, 2, 2)]


PAIRS = st.lists(
    st.integers(1, 200).flatmap(lambda given: st.tuples(st.integers(0, given), st.just(given))),
    min_size=1,
    max_size=15,
)


@given(PAIRS)
def test_rank_intervals_agree_with_pairwise_comparison(pairs):
    for row in table(*pairs):
        better = sum(other.low > row.high for other in table(*pairs))
        worse = sum(other.high < row.low for other in table(*pairs))
        assert (row.first, row.last) == (better + 1, len(pairs) - worse)
