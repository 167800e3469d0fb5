"""The first sentence: written from the counts by one rule."""

import pytest

from namro.pages.home.sentence import FEWEST_TO_COMPARE, compared, headline, sub
from namro.tasks.queries import Counts

CITY = Counts(done=29, done_late=3, in_progress=38, not_started=3, in_progress_late=2)
COUNTRY = Counts(done=207, done_late=33, in_progress=427, in_progress_late=96, not_started_late=39)
CENTRE = "nhiệm vụ Trung ương giao"


def test_the_source_documents_figures_make_the_sentence_of_the_sketch() -> None:
    assert headline(CITY, CENTRE) == "32 trong 75 nhiệm vụ Trung ương giao đã xong, 2 việc quá hạn."
    assert sub(CITY, COUNTRY, "mức cả nước") == "Cao hơn mức cả nước 12,8 điểm; còn 43 việc phải làm xong."


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts(), "Chưa có nhiệm vụ Trung ương giao nào."),
        (Counts(done=4, done_late=1), "Cả 5 nhiệm vụ Trung ương giao đã xong."),
        (
            Counts(done=4, in_progress=1),
            "4 trong 5 nhiệm vụ Trung ương giao đã xong, không việc nào quá hạn.",
        ),
        (
            Counts(in_progress_late=3),
            "Chưa việc nào trong 3 nhiệm vụ Trung ương giao đã xong, 3 việc quá hạn.",
        ),
        (
            Counts(done=1154, not_started=1),
            "1.154 trong 1.155 nhiệm vụ Trung ương giao đã xong, không việc nào quá hạn.",
        ),
    ],
)
def test_each_state_of_affairs_has_its_sentence(counts: Counts, words: str) -> None:
    assert headline(counts, CENTRE) == words


def test_the_difference_is_that_of_the_printed_rates() -> None:
    # 42.666… − 29.925… is 12.74, but a reader subtracts 29,9 from 42,7.
    assert compared(CITY, COUNTRY, "mức cả nước") == "cao hơn mức cả nước 12,8 điểm"
    assert compared(COUNTRY, CITY, "mức thành phố") == "thấp hơn mức thành phố 12,8 điểm"


def test_too_few_tasks_are_not_compared() -> None:
    few = Counts(done=FEWEST_TO_COMPARE - 1)
    assert compared(few, COUNTRY, "mức cả nước") == ""
    assert compared(COUNTRY, few, "mức cả nước") == ""
    assert compared(Counts(done=FEWEST_TO_COMPARE), COUNTRY, "mức cả nước") == "cao hơn mức cả nước 70,1 điểm"


def test_equal_rates_are_said_to_be_equal() -> None:
    assert (
        compared(Counts(done=5, in_progress=5), Counts(done=50, not_started=50), "mức cả nước")
        == "ngang mức cả nước"
    )


def test_nothing_left_and_nothing_to_compare_says_nothing() -> None:
    assert sub(Counts(done=3), None, "mức cả nước") == ""
