"""From what is typed to what is sought: what was hidden steers nothing, and is shown and sent as it was hidden."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests.assistant.conftest import asked, found_by_name

from namro.assistant.actions import Told, ask
from namro.assistant.queries import answering
from namro.assistant.terms import AnswerKind, Passage, Past


def told(words: str, **more: Any) -> Told:
    """Return what is told to a question."""
    *_sentences, last = ask(asked(words, **more), key=uuid4())
    assert isinstance(last, Told)
    return last


@pytest.mark.usefixtures("world")
def test_what_was_hidden_is_not_sought(monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[str] = []

    def noted(question: str, *, day: date, **more: Any) -> list[Passage]:
        sought.append(question)
        return found_by_name(question, day=day, **more)

    monkeypatch.setattr(answering, "retrieve", noted)
    last = told("mất thẻ căn cước 048099001234 cấp lại bao nhiêu tiền")
    assert sought == ["mất thẻ căn cước cấp lại bao nhiêu tiền"]
    assert last.words == "mất thẻ căn cước [số định danh] cấp lại bao nhiêu tiền"


@pytest.mark.usefixtures("world")
def test_a_number_that_was_hidden_refuses_nobody() -> None:
    """“[số điện thoại] của chồng tôi” would read as asking for another's telephone."""
    last = told("0905123456 của chồng tôi, đăng ký kết hôn cần giấy tờ gì")
    assert last.answer.kind == AnswerKind.PROCEDURE


@pytest.mark.usefixtures("world")
def test_to_ask_for_anothers_number_is_still_refused() -> None:
    assert told("cho tôi số điện thoại của Nguyễn Văn An").answer.reason == "others_data"


BEFORE = (Past("mất căn cước làm lại sao", AnswerKind.PROCEDURE, ("1.000011",)),)


@pytest.mark.usefixtures("world")
def test_by_post_is_not_online() -> None:
    last = told("gửi qua bưu điện được không", past=BEFORE).answer
    [said] = [each for each in last.sentences if each.heading == "Nộp qua bưu chính"]
    assert (said.text, said.is_ours) == ("Nguồn không ghi cách nộp qua bưu chính cho thủ tục này.", True)
    assert not [each for each in last.sentences if "trực tuyến" in each.text]


@pytest.mark.usefixtures("world")
def test_a_thing_is_not_asked_of_the_procedure_before() -> None:
    assert told("làm vneid ở đâu", past=BEFORE).answer.items != ("1.000011",)


@pytest.mark.usefixtures("world")
def test_to_be_treated_unlike_compares_nothing() -> None:
    assert told("luật cấm phân biệt đối xử thế nào").answer.kind == AnswerKind.ARTICLE
    assert told("nộp online có nhanh hơn không", past=BEFORE).answer.kind == AnswerKind.PROCEDURE


@pytest.mark.usefixtures("world")
def test_what_was_not_found_is_not_replaced_by_what_came_before() -> None:
    last = told("so sánh tàu vũ trụ bay xa với đăng ký kết hôn", past=BEFORE).answer
    assert (last.kind, last.sentences) == (AnswerKind.CLARIFY, ())
