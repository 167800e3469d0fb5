"""What is composed is carried word by word or as a model's words are; merged ways are held one by one."""

import pytest

from namro.assistant.queries.evaluating import _support
from namro.assistant.rules.binding import Fault, fault_of
from namro.assistant.rules.composing import fault_of_composed, is_verbatim
from namro.assistant.terms import Answer, AnswerKind, Corpus, Passage, Sentence

METHODS = "Trực tiếp: thời hạn 5 Ngày làm việc. Trực tiếp: phí, lệ phí 50.000 VNĐ\nTrực tuyến: thời hạn 3 Ngày làm việc"
ARTICLE = "1. Công dân nộp hồ sơ tại xã; trường hợp khác nộp tại tỉnh. Không thu lệ phí.\n2. Trong 3 ngày."


@pytest.mark.parametrize(
    "sentence",
    [
        "“1. Công dân nộp hồ sơ tại xã; trường hợp khác nộp tại tỉnh. Không thu lệ phí.”",
        "Nơi nộp: Công dân nộp hồ sơ …",
    ],
)
def test_a_quotation_is_carried_as_it_stands(sentence: str) -> None:
    assert fault_of_composed(sentence, [ARTICLE]) is None


def test_each_way_must_be_carried() -> None:
    assert fault_of_composed("Trực tiếp: 5 ngày làm việc", [METHODS]) is None
    assert fault_of_composed("Trực tiếp, Trực tuyến: 5 ngày làm việc", [METHODS]) is Fault.NUMBER
    both = METHODS.replace("3 Ngày", "5 Ngày")
    assert fault_of_composed("Trực tiếp, Trực tuyến: 5 ngày làm việc", [both]) is None


def test_words_that_stand_nowhere_are_not_verbatim() -> None:
    assert not is_verbatim("“Công dân nộp hồ sơ tại tỉnh”", [ARTICLE])
    assert not is_verbatim("5 ngày", ["15 ngày"])
    assert not is_verbatim(": ", [ARTICLE])
    assert fault_of_composed("Lệ phí: 7.000 đồng", [METHODS]) is Fault.NUMBER


def test_the_rules_for_a_model_are_no_looser_for_it() -> None:
    """The same quotation by a model is still held to one clause."""
    assert fault_of(
        "“1. Công dân nộp hồ sơ tại xã; trường hợp khác nộp tại tỉnh. Không thu lệ phí.”", [ARTICLE]
    )


def test_the_houses_own_words_are_counted_apart() -> None:
    passage = Passage("law:1#1", Corpus.LAW, "1#1", "Điều 1", "article", ARTICLE, 1.0)
    said = (
        Sentence("“Không thu lệ phí”", (passage.key,)),
        Sentence("Phải nộp 7.000 đồng.", (passage.key,)),
        Sentence("Nguồn không ghi trình tự thực hiện.", (passage.key,), is_ours=True),
    )
    found = _support([Answer(AnswerKind.ARTICLE, said, (passage,))])
    assert found == {"n": 2, "carried": 0.5, "own_words": 1, "number": 1}
