"""Bands: every part is seen, nothing is left over, the order holds."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namro.pages.look.bands import SMALLEST, parts

ORDER = ("a", "b", "c", "d")
COUNTS = st.dictionaries(st.sampled_from(ORDER), st.integers(0, 10_000))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(COUNTS)
def test_parts_fill_the_band_in_order(counts: dict[str, int]) -> None:
    laid = parts(counts, ORDER)
    assert [part.code for part in laid] == [code for code in ORDER if counts.get(code)]
    if laid:
        assert abs(sum(part.width for part in laid) - 100) < 0.01
        assert laid[0].x == 0
        assert all(part.width >= SMALLEST - 0.01 for part in laid)


def test_two_of_eight_hundred_and_two_are_seen() -> None:
    few = parts({"a": 800, "b": 2}, ORDER)[1]
    assert few.count == 2
    assert few.width == SMALLEST


def test_nothing_is_no_part() -> None:
    assert parts({"a": 0}, ORDER) == []
