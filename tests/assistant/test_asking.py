"""From what is typed to what is sought: what was hidden steers nothing, and is shown and sent as it was hidden."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests.assistant.conftest import asked, found_by_name

from namro.assistant.actions import Told, ask
from namro.assistant.queries import answering
from namro.assistant.terms import AnswerKind, Passage


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
