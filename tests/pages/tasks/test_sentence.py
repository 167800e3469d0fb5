"""The first sentence of the list."""

import pytest

from namro.pages.tasks.sentence import sentence
from namro.tasks.queries.counting import Counts
from namro.tasks.queries.headline import Headline


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            Counts(done=29, done_late=3, in_progress=41, in_progress_late=2),
            "75 nhiệm vụ, 32 đã xong, 2 quá hạn.",
        ),
        (Counts(done=5), "5 nhiệm vụ, tất cả đã xong, không việc nào quá hạn."),
        (Counts(not_started=1), "1 nhiệm vụ, chưa việc nào xong, không việc nào quá hạn."),
        (Counts(in_progress=1200, done=34), "1.234 nhiệm vụ, 34 đã xong, không việc nào quá hạn."),
        (Counts(), "Chưa có nhiệm vụ nào."),
    ],
)
def test_the_sentence_says_what_the_counts_say(counts: Counts, said: str) -> None:
    assert sentence(Headline(counts)) == said


def test_a_search_names_its_words() -> None:
    assert sentence(Headline(Counts(done=1)), words="đất đai").startswith("1 nhiệm vụ khớp với “đất đai”, ")


def test_a_list_too_long_to_count_does_not_pretend() -> None:
    assert (
        sentence(Headline(Counts(done=1000), is_cut=True)) == "Hơn 1.000 nhiệm vụ; hãy lọc hẹp hơn để đếm đủ."
    )


def test_lateness_of_a_past_day_is_told_as_past() -> None:
    assert "1 đang quá hạn khi đó" in sentence(Headline(Counts(in_progress_late=1)), past=True)
