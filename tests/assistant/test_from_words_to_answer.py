"""From the words typed to the answer told, nothing stood in for: masks, the real index, the decision, the sentences."""

from pathlib import Path
from uuid import uuid4

import pytest
from tests.assistant.test_passages import corpora
from tests.builders import TODAY

from namro.assistant.actions import Told, ask
from namro.assistant.terms import AnswerKind, Question

__all__ = ["corpora"]


def told(words: str, item: str = "") -> Told:
    """Return what is told to whoever asks."""
    *_sentences, last = ask(Question(words, TODAY, item=item), key=uuid4())
    assert isinstance(last, Told)
    return last


@pytest.mark.parametrize(
    "words",
    [
        "đăng ký kết hôn cần giấy tờ gì",
        "dang ky ket hon can giay to gi",
        "toi ten la Nguyen Van An, sdt 0905123456, dang ky ket hon can giay to gi",
        "đăng ký kết hôn cần giấy tờ gì, cccd của tôi 048099001234",
    ],
)
def test_who_tells_their_number_hears_the_same(corpora: Path, words: str) -> None:
    last = told(words)
    assert (last.answer.kind, last.answer.items) == (AnswerKind.PROCEDURE, ("1.000007",))
    assert not {"048099001234", "0905123456", "Van An"} & set(last.words.replace(",", " ").split())
    assert "Van An" not in last.words


def test_the_law_as_of_a_day_reaches_the_answer(corpora: Path) -> None:
    """The law to come and the decree that held are both near: it is asked back, and the choice keeps the day."""
    back = told("điều kiện đăng ký tạm trú theo quy định tại ngày 01/01/2015 là gì").answer
    assert back.kind == AnswerKind.CLARIFY
    chosen = back.choices[0]
    last = told(chosen.question, item=chosen.item).answer
    assert last.items == ("9/2010/NĐ-CP#4",)
    assert "01/01/2015" in last.doubts[0]
